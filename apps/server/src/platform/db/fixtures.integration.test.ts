import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '#platform/log/log.ts'
import { openInMemory } from './embedded.ts'
import { migrate, migrationsFolder, readMigrations } from './migrate.ts'
import type { OpenedDatabase } from './open-database.ts'
import { printSchema } from './print-schema.ts'

const folder = join(migrationsFolder, 'fixtures')
const options = { now: new Date('2026-11-22T12:00:00Z'), log: createLog('silent'), dataDir: null }

// One for all of them: to make it takes longer than all its migrations.
let database: OpenedDatabase
beforeAll(async () => {
  database = await openInMemory()
})
afterAll(() => database.close())

test.each(readdirSync(folder))('the data of %s comes through all later migrations', async (file) => {
  const dump = readFileSync(join(folder, file), 'utf8')
  const applied = Number(/migrations: (\d+)/.exec(dump)?.[1])
  const migrations = await readMigrations()
  await database.transaction((sql) => sql.script('drop schema public cascade; create schema public'))
  await migrate(database, migrations.slice(0, applied), options)
  await database.transaction((sql) => sql.script(dump))
  await migrate(database, migrations, options)
  const count = async (table: string) => {
    const [row] = await database.transaction((sql) => sql.query(`select count(*) as count from ${table}`))
    return Number(row?.['count'])
  }
  expect(await count('users')).toBe(2)
  expect(await count('workflow_versions')).toBeGreaterThanOrEqual(5)
  expect(await count("workflow_executions where status = 'completed'")).toBe(5)
  expect(await database.transaction(printSchema)).toBe(readFileSync(join(migrationsFolder, '../schema.sql'), 'utf8'))
})

test('S-210: a dump of the database holds no token that could be used', () => {
  for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/Atz[ar]\|/)
})
