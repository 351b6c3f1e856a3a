import { createHash } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { usualKind, eventually, type Person, signInAt, startWorld, type World } from '@recomamp/testkit'
import {
  createExport,
  downloadExport,
  type Export,
  type ExportFormat,
  getExport,
  getResults,
  listExports,
  openDownload,
} from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { deleteExportsJob } from '#features/exports/index.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { aQuery, ended, run } from './runs.ts'

test.each(usualKind)(
  'S-154: a result is read in pages and exported whole as CSV and JSON, once, and downloaded by a plain link, on %s',
  async (database) => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const { id: executionId } = await ended(ana, await run(ana, await aQuery(ana)))
    const asked = await ask(ana, executionId, 'csv')
    expect(asked).toMatchObject({ format: 'csv', fileName: expect.stringMatching(/^A-query-\d{4}-\d\d-\d\d\.csv$/) })
    const made = await finished(ana, asked)
    const { rows, rowCount } = await ana.call(getResults, { params: { executionId }, query: { limit: 1000 } })
    expect(made).toMatchObject({ status: 'completed', rowCount, failure: null })
    expect((await ask(ana, executionId, 'csv')).id).toBe(made.id)
    expect((await ask(ana, executionId, 'json')).id).not.toBe(made.id)
    expect((await ana.call(listExports, { params: { executionId }, query: {} })).total).toBe(2)

    const params = { exportId: made.id }
    const path = downloadExport.path.replace(':exportId', made.id)
    expect((await ana.fetch(path)).status).toBe(401)
    const { url } = await ana.call(openDownload, { params })
    expect(url).toBe(path)
    const answer = await ana.fetch(url)
    expect(answer.headers.get('content-disposition')).toContain(`filename*=UTF-8''${made.fileName}`)
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([made.bytes, made.checksum])
    const lines = bytes.toString().trimEnd().split('\n')
    expect(lines.slice(1)).toEqual(rows.map((cells) => cells.join(',')))

    world.clock.advance(61_000)
    expect((await ana.fetch(url)).status).toBe(401)

    const ben = await world.signIn('ben')
    await expect(ben.call(getExport, { params })).rejects.toMatchObject({ type: 'export-not-found' })
    await expect(ben.call(openDownload, { params })).rejects.toMatchObject({ type: 'export-not-found' })
    await expect(ask(ben, executionId, 'csv')).rejects.toMatchObject({ type: 'execution-not-found' })
  },
)

test.each(usualKind)('requests for one file at the same time begin one export, on %s', async (database) => {
  await using world = await startWorld({ database })
  const servers = [world.url()]
  if (database === 'postgresql') servers.push((await world.startAnother()).url)
  const people = await Promise.all(servers.map((url) => signInAt(url, 'ana')))
  const [ana = await world.signIn('ana')] = people
  const { id: executionId } = await ended(ana, await run(ana, await aQuery(ana)))
  const asked = await Promise.all(
    Array.from({ length: 12 }, (_, at) => ask(people[at % people.length] ?? ana, executionId, 'csv')),
  )
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1)
  expect((await ana.call(listExports, { params: { executionId }, query: {} })).total).toBe(1)
})

test('files of exports go with their execution', async () => {
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  const { executionId } = await anExport(ana)
  const kept = await anExport(ana)
  const { ctx } = world.server()
  await world.db.deleteFrom('workflow_executions').where('id', '=', executionId).execute()
  await acrossWorkspaces(() => deleteExportsJob.run(ctx, new AbortController().signal, () => undefined))
  const names = await readdir(join(dataDirOf(world), 'exports'))
  expect(names.filter((name) => name !== '.making')).toEqual([`${kept.id}-1`])
})

test('the cookie of a download is HttpOnly, lives 60 seconds and belongs to that one path', async () => {
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  const made = await anExport(ana)
  const answer = await ana.fetch(openDownload.path.replace(':exportId', made.id), { method: 'POST' })
  const [cookie = ''] = answer.headers.getSetCookie()
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Strict/)
  expect(cookie).toContain('Max-Age=60')
  expect(cookie).toContain(`Path=${downloadExport.path.replace(':exportId', made.id)};`)
})

test.each(usualKind)('an export whose worker died is made again by the next one, on %s', async (database) => {
  await using world = await startWorld({ database })
  const ana = await world.signIn('ana')
  const { id: executionId } = await ended(ana, await run(ana, await aQuery(ana)))
  // As a worker leaves it that was killed while it wrote.
  const { id } = await finished(ana, await ask(ana, executionId, 'parquet'))
  const dead = { status: 'running', attempts: 1, finished_at: null, expires_at: null, bytes: null } as const
  const lease = { lease_until: new Date(world.clock.now().getTime() + 8000) }
  await world.db
    .updateTable('exports')
    .set({ ...dead, ...lease })
    .execute()
  await rm(join(dataDirOf(world), 'exports'), { recursive: true })
  await wait(1500)
  const params = { exportId: id }
  expect((await ana.call(getExport, { params })).status).toBe('running')
  world.clock.advance(9000)
  expect(await finished(ana, { id })).toMatchObject({ status: 'completed', rowCount: expect.any(Number) })
  const { url } = await ana.call(openDownload, { params })
  expect((await ana.fetch(url)).status).toBe(200)
})

test('an export that kills its process each time fails in words', async () => {
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  const { id } = await anExport(ana)
  const dead = { status: 'running', attempts: 3, finished_at: null, expires_at: null, lease_until: null } as const
  await world.db.updateTable('exports').set(dead).execute()
  expect(await finished(ana, { id })).toMatchObject({ status: 'failed', failure: expect.stringContaining('3 times') })
})

test('an export of a result whose file is gone fails in words, and another try is a new one', async () => {
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  const { id: executionId } = await ended(ana, await run(ana, await aQuery(ana)))
  await rm(join(dataDirOf(world), 'results', `${executionId}.parquet`))
  const made = await finished(ana, await ask(ana, executionId, 'xlsx'))
  expect(made).toMatchObject({ status: 'failed', failure: expect.stringContaining('run the query again') })
  await expect(ana.call(openDownload, { params: { exportId: made.id } })).rejects.toMatchObject({ status: 409 })
  expect((await ask(ana, executionId, 'xlsx')).id).not.toBe(made.id)
})

test('a result with more rows than a sheet of Excel holds is refused for it in words', async () => {
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  const { id: executionId } = await ended(ana, await run(ana, await aQuery(ana)))
  await world.db.updateTable('workflow_executions').set({ row_count: 1_048_576 }).execute()
  await expect(ask(ana, executionId, 'xlsx')).rejects.toMatchObject({
    type: 'export-not-possible',
    message: expect.stringContaining('1048575'),
  })
})

test('files and rows of exports go after a day', async () => {
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  const made = await anExport(ana)
  const files = () =>
    readdir(join(dataDirOf(world), 'exports')).then((names) => names.filter((name) => name !== '.making'))
  const clean = () =>
    acrossWorkspaces(() => deleteExportsJob.run(world.server().ctx, new AbortController().signal, () => undefined))
  await clean()
  expect(await files()).toHaveLength(1)
  world.clock.advance(24 * 3_600_000 + 1000)
  await clean()
  expect(await files()).toEqual([])
  const later = await world.signIn('ana')
  await expect(later.call(getExport, { params: { exportId: made.id } })).rejects.toMatchObject({ status: 404 })
})

async function anExport(person: Person): Promise<Export> {
  const { id } = await ended(person, await run(person, await aQuery(person)))
  return finished(person, await ask(person, id, 'ndjson'))
}

function ask(person: Person, executionId: Export['executionId'], format: ExportFormat): Promise<Export> {
  return person.call(createExport, { params: { executionId }, body: { format } })
}

function finished(person: Person, { id }: Pick<Export, 'id'>): Promise<Export> {
  return eventually(async () => {
    const now = await person.call(getExport, { params: { exportId: id } })
    return now.status === 'completed' || now.status === 'failed' ? now : undefined
  })
}

function dataDirOf(world: World): string {
  return world.server().ctx.config.dataDir
}
