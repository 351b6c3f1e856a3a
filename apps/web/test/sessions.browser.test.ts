import { SessionId, freshSignInMinutes, listSessions } from '@recomamp/contracts'
import { signInAt, startWorld } from '@recomamp/testkit'
import { expect, test } from 'vitest'
import { faultsInBothThemes, sharedChromium, signIn } from './stage.ts'

test('who signed in long ago is asked to sign in again before other sessions end, comes back, and has one session fewer to end', async () => {
  await using world = await startWorld()
  const context = await (await sharedChromium()).newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(90_000)
  const page = await context.newPage()
  const here = await signIn(page, world.url())
  const elsewhere = await signInAt(world.url(), 'ana')
  const { items } = await here.call(listSessions, { query: {} })
  const own = SessionId.parse(items.find(({ current }) => current)?.id)
  await world.db
    .updateTable('sessions')
    .where('id', '=', own)
    .set({ created_at: new Date(Date.now() - freshSignInMinutes * 60_000) })
    .execute()

  await page.goto(`${world.url()}/settings/sessions`)
  await page.getByRole('button', { name: 'End all others' }).click()
  await page.getByText('Your sign-in is too long ago for this').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await page.getByText('Your sign-in is too long ago for this').waitFor({ state: 'detached' })
  await page.getByText('(this one)').waitFor()
  expect(await page.getByRole('row').count()).toBe(3)
  await page.getByRole('button', { name: 'End all others' }).click()
  await expect.poll(() => page.getByRole('row').count()).toBe(2)
  await expect(elsewhere.renew()).rejects.toMatchObject({ type: 'session-ended' })
  await context.close()
})
