import * as api from '@recomamp/contracts'
import { type Person, signInAt, startWorld, type World } from '@recomamp/testkit'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, instanceNamed, saveQuery, startRun } from './runs-by-hand.ts'
import { faultsInBothThemes, sharedChromium } from './stage.ts'

const day = 86_400_000

let world: World
let ana: Person
const contexts: BrowserContext[] = []

beforeAll(async () => {
  world = await startWorld()
  ana = await world.signIn('ana')
})
afterAll(async () => {
  for (const context of contexts) await context.close()
  await world[Symbol.asyncDispose]()
})

/** A page of a browser that the person is signed in with. */
async function pageOf(person: Person): Promise<Page> {
  const context = await (await sharedChromium()).newContext({ viewport: { width: 1440, height: 900 } })
  contexts.push(context)
  context.setDefaultTimeout(90_000)
  await context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: world.url() })))
  return context.newPage()
}

test('an owner says how long results are kept, sees what that removes before it is saved, and a result past its time runs again', async () => {
  const { id: instanceId } = await instanceNamed(ana, 'Tidewater Kitchen')
  const sql = 'SELECT campaign, SUM(impressions) AS impressions\nFROM dsp_impressions\nGROUP BY campaign'
  const query = await saveQuery(ana, 'Reach', sql, [], instanceId)
  const old = await endOf(ana, await startRun(ana, query, { instanceId, values: {} }))
  await world.db
    .updateTable('workflow_executions')
    .where('id', '=', old.id)
    .set({ finished_at: new Date(Date.now() - 45 * day) })
    .execute()
  const page = await pageOf(await world.signIn('ana'))
  await page.goto(`${world.url()}/executions/${old.id}`)
  await page.getByRole('grid').waitFor()

  await page.goto(`${world.url()}/settings/connections`)
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'What is kept' }).click()
  const rows = page.getByRole('region', { name: 'Rows of results' })
  const choose = async (name: string) => {
    await rows.getByRole('button', { name: /Keep the rows of results/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name, exact: true }).focus()
    await page.keyboard.press('Enter')
  }
  await choose('90 days')
  await rows.getByText('Nothing is that old: saving removes nothing now.').waitFor()
  await choose('30 days')
  await rows.getByText(/^Saving removes now: the rows of 1 result \(.+B\)\. The oldest is of /).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await rows.getByRole('button', { name: 'Cancel' }).click()
  await rows.getByText('Saving removes').waitFor({ state: 'hidden' })
  expect(await ana.call(api.getKeeping, {})).toMatchObject({ resultDays: null })
  await choose('30 days')
  await rows.getByRole('button', { name: 'Save' }).and(page.locator(':not([aria-disabled=true])')).press('Enter')
  await rows.getByRole('button', { name: 'Save' }).waitFor({ state: 'hidden' })
  expect(await ana.call(api.getKeeping, {})).toMatchObject({ resultDays: 30 })
  await page.reload()
  await rows.getByRole('button', { name: /30 days/ }).waitFor()

  await page.goto(`${world.url()}/executions/${old.id}`)
  await page.getByRole('heading', { name: 'The rows of this result are not kept any more' }).waitFor()
  expect(await page.getByRole('grid').count()).toBe(0)
  await page.getByRole('tab', { name: 'SQL' }).click()
  await page.getByText('dsp_impressions').first().waitFor()
  await page.getByRole('tab', { name: 'Results' }).click()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Run again for the rows' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname.startsWith('/executions/') && !url.pathname.endsWith(old.id))
  await page.getByRole('grid').waitFor()
})

test('the last owner deletes the workspace by its name; a member goes on in another one of theirs, the owner begins anew', async () => {
  const cleo = await world.signIn('cleo')
  const { secret } = await ana.call(api.invite, { body: { role: 'owner' } })
  await cleo.call(api.acceptInvitation, { body: { secret } })
  const [hers, member] = [await pageOf(await world.signIn('ana')), await pageOf(cleo)]
  await member.goto(`${world.url()}/queries`)
  await member.getByRole('link', { name: 'Reach' }).first().waitFor()

  await hers.goto(`${world.url()}/settings/keeping`)
  const part = hers.getByRole('region', { name: 'Delete this workspace' })
  await part.getByText('Only the last owner can delete it. Cleo Marchetti owns it too').waitFor()
  expect(await part.getByRole('button', { name: 'Delete workspace…' }).count()).toBe(0)
  const { id: userId } = await signInAt(world.url(), 'cleo').then((one) => one.call(api.getCurrentUser, {}))
  await ana.renew()
  await ana.call(api.changeRole, { params: { userId }, body: { role: 'analyst' } })
  await hers.reload()
  await part.getByText('The memberships of 2 people, at once').waitFor()
  await part.getByText(/^1 query, 2 executions \(.+B of results\), the Amazon tokens of 1 connection/).waitFor()
  expect(await faultsInBothThemes(hers)).toEqual([])
  await part.getByRole('button', { name: 'Delete workspace…' }).click()
  const question = hers.getByRole('dialog', { name: 'Delete Workspace of Ana Sorel?' })
  const confirm = question.getByRole('button', { name: 'Delete for good' })
  await question.getByLabel('Type the name of the workspace').fill('Workspace of Ana')
  await hers.keyboard.press('Enter')
  expect(await confirm.getAttribute('aria-disabled')).toBe('true')
  expect(await faultsInBothThemes(hers)).toEqual([])
  await question.getByLabel('Type the name of the workspace').fill('Workspace of Ana Sorel')
  await hers.keyboard.press('Enter')
  await hers.waitForURL(/\/sign-in\?reason=deleted/)
  await hers.getByText('The workspace is deleted. Signing in begins a new, empty one.').waitFor()

  // What the member does next is answered as for a workspace of others, and the app goes on in their own.
  await member.waitForURL((url) => url.pathname === '/')
  await member.goto(`${world.url()}/settings/members`)
  const name = member.getByRole('region', { name: 'Workspace' }).getByRole('textbox')
  await expect.poll(() => name.inputValue()).toBe('Workspace of Cleo Marchetti')

  await hers.getByRole('button', { name: /Open the local sandbox/ }).click()
  await hers.waitForURL((url) => url.pathname === '/')
  expect((await (await signInAt(world.url(), 'ana')).call(api.listWorkflows, { query: {} })).total).toBe(0)
})
