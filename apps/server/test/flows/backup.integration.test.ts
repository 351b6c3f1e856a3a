import { execFile } from 'node:child_process'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freshDataDir, openTestDatabase, startWorld, usualKind } from '@recomamp/testkit'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { restoreBackup, writeBackup } from '../../src/commands.ts'
import { newFernetKey } from '#platform/crypto/fernet.ts'
import { openEmbedded, openInMemory } from '#platform/db/embedded.ts'
import { migrate, readMigrations } from '#platform/db/migrate.ts'
import { createLog } from '#platform/log/log.ts'
import { type Manifest, tableFile } from '../../src/backup/backup-form.ts'
import { readLines } from '../../src/backup/files.ts'
import { fill, fingerprintOf, spellAlike } from '../../src/backup/table-rows.ts'
import { aQuery, ended, run } from './runs.ts'

const now = () => new Date('2026-11-27T12:00:00Z')
const keys = { JWT_SECRET_KEY: 'a key for tests, as long as it has to be', FERNET_KEY: newFernetKey() }
const recomamp = async (env: Record<string, string>, ...words: string[]) => {
  const bin = join(import.meta.dirname, '../../../cli/bin/recomamp.js')
  const { stdout } = await promisify(execFile)(process.execPath, [bin, ...words], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  })
  return stdout
}
const tablesIn = async (folder: string) => {
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as { tables: object[] }
  return manifest.tables
}
/** The manifest as the version before the last migrations would have written it: its tables lack what those have added. */
const asBefore = async (text: string, folder: string) => {
  const before = (await readMigrations()).slice(0, -2)
  const manifest = JSON.parse(text) as Manifest
  const database = await openInMemory()
  try {
    await migrate(database, before, { now: now(), log: createLog('silent'), dataDir: null })
    const tables = await database.transaction(async (rows) => {
      await spellAlike(rows)
      for (const { name } of manifest.tables.toReversed())
        if (name !== 'audit_log') await rows.script(`delete from ${name}`)
      const told: Manifest['tables'] = []
      for (const table of manifest.tables) {
        await fill(rows, table.name, readLines(tableFile(folder, table.name)))
        told.push({ ...table, ...(await fingerprintOf(rows, table.name)) })
      }
      return told
    })
    return JSON.stringify({ ...manifest, migration: before.length, tables })
  } finally {
    await database.close()
  }
}
/** Rows alone: gzip may spell them otherwise elsewhere. */
const rowsIn = async (folder: string) => (await tablesIn(folder)).map((table) => ({ ...table, checksum: undefined }))

test.each(usualKind)(
  'a backup holds everything and is restored into either kind of database, from %s',
  async (database) => {
    await using world = await startWorld({ database, env: keys })
    const ana = await world.signIn('ana')
    const query = await aQuery(ana)
    const execution = await ended(ana, await run(ana, query))
    expect(execution.status).toBe('completed')
    const source = { DATABASE_URL: world.databaseUrl, DATA_DIR: world.dataDir }
    if (database === 'embedded') await world.server().stop()

    // Beside the server on PostgreSQL.
    const first = join(await freshDataDir(), 'first')
    const said = await recomamp(source, 'backup', first)
    expect(said).toMatch(/^Saved and read back: [\d,]+ rows of \d+ tables, 1 result, in /)
    expect((await readdir(join(first, 'results'))).sort()).toEqual([`${execution.id}.parquet`])
    expect(await readFile(join(first, 'manifest.json'), 'utf8')).not.toMatch(/Atz[ar]\||gAAAA/)

    const embedded = { DATA_DIR: await freshDataDir() }
    expect(await recomamp(embedded, 'restore', first)).toMatch(/^Restored and compared: [\d,]+ rows and 1 result of /)
    const second = join(await freshDataDir(), 'second')
    await writeBackup(embedded, { folder: second, now })
    expect(await rowsIn(second)).toEqual(await rowsIn(first))

    const other = await openTestDatabase(await freshDataDir(), database)
    const elsewhere = { DATA_DIR: await freshDataDir(), ...other.env }
    await restoreBackup(elsewhere, { folder: second, now })
    const third = join(await freshDataDir(), 'third')
    await writeBackup(elsewhere, { folder: third, now })
    expect(await rowsIn(third)).toEqual(await rowsIn(first))
    await other.drop()

    // Ids go on behind the old ones.
    const restored = await openEmbedded(embedded.DATA_DIR)
    const idsOf = () => sql<{ id: string }>`select id from events order by id`.execute(restored.db)
    const known = (await idsOf()).rows.map(({ id }) => Number(id))
    await sql`insert into events (workspace_id, type, payload, created_at)
      select workspace_id, type, payload, created_at from events limit 1`.execute(restored.db)
    const added = (await idsOf()).rows.map(({ id }) => Number(id)).at(-1)
    expect(added).toBeGreaterThan(Math.max(...known))
    await restored.close()
    await expect(restoreBackup(elsewhere, { folder: join(first, 'results'), now })).rejects.toThrow('is no backup')
  },
)

test.each(usualKind)(
  'a backup that is damaged, or would mix with other rows, changes nothing, on %s',
  async (database) => {
    await using world = await startWorld({ database, env: keys })
    const ana = await world.signIn('ana')
    const execution = await ended(ana, await run(ana, await aQuery(ana)))
    const source = { DATABASE_URL: world.databaseUrl, DATA_DIR: world.dataDir }
    if (database === 'embedded') await world.server().stop()
    const folder = join(await freshDataDir(), 'copy')
    await writeBackup(source, { folder, now })
    await expect(writeBackup(source, { folder, now })).rejects.toThrow('is not empty')
    await expect(restoreBackup(source, { folder, now })).rejects.toThrow('There is data already')

    const target = { DATA_DIR: await freshDataDir() }
    const spoil = async (file: string, work: () => Promise<void>) => {
      const whole = await readFile(file)
      const bytes = Buffer.from(whole)
      bytes[Math.floor(bytes.length / 2)]! ^= 1
      await writeFile(file, bytes)
      await work()
      await writeFile(file, whole)
    }
    const damaged = () => restoreBackup(target, { folder, now })
    for (const part of [`results/${execution.id}.parquet`, 'tables/workflows.gz'])
      await spoil(join(folder, part), () => expect(damaged()).rejects.toThrow(part))
    const manifest = join(folder, 'manifest.json')
    const text = await readFile(manifest, 'utf8')
    // Rows that are whole as a file and not those that were saved.
    await writeFile(manifest, text.replace(/("name": "workflows",\s+"rows": 1,\s+"fingerprint": ")\d+/, '$11'))
    await expect(damaged()).rejects.toThrow('The rows of workflows are not as they were saved')
    await writeFile(manifest, text.replace(/"migration": \d+/, '"migration": 9999'))
    await expect(damaged()).rejects.toThrow('newer version')
    await writeFile(manifest, text.slice(0, -20))
    await expect(damaged()).rejects.toThrow('is damaged')

    // A backup of the version before, into what the failed restores have left: brought up to date.
    await writeFile(manifest, await asBefore(text, folder))
    const later = { DATA_DIR: await freshDataDir() }
    await restoreBackup(later, { folder, now })
    const copy = join(await freshDataDir(), 'copy')
    await writeBackup(later, { folder: copy, now })
    await writeFile(manifest, text)
    expect(await rowsIn(copy)).toEqual(await rowsIn(folder))
  },
)
