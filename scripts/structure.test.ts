import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as contracts from '@recomamp/contracts'
import { expect, test } from 'vitest'

/** Where things must be, and where only they may be. */
const root = join(import.meta.dirname, '..')
const text = (file: string) => readFileSync(join(root, file), 'utf8')
const files = (pattern: string) =>
  globSync(pattern, { cwd: root, exclude: (path) => path.includes('node_modules') }).filter(
    (file) => !file.includes('.test.'),
  )

test('S-010: one module of the web app talks to the server, the stream of events apart', () => {
  const callers = files('apps/web/src/**/*.{ts,tsx}').filter((file) => /(^|[^.\w])fetch\(/m.test(text(file)))
  expect(callers.sort()).toEqual(['apps/web/src/platform/api.ts', 'apps/web/src/platform/events.ts'])
})

test('S-011: one module of the web app owns the session, and nothing of it is in localStorage', () => {
  const users = files('apps/web/src/**/*.{ts,tsx}').filter((file) =>
    /\b(login|logout|refreshSession|getCurrentUser)\b/.test(text(file)),
  )
  expect(
    users.every((file) => /platform\/(session|tokens|api)\.tsx?$|features\/sign-in\//.test(file)),
    users.join(),
  ).toBe(true)
  expect(files('apps/web/src/**/*.{ts,tsx}').filter((file) => /localStorage[^\n]*oken/.test(text(file)))).toEqual([])
})

test.each([
  ['S-025: auth', 'auth.ts', 'sign-in'],
  ['S-026: workflow', 'workflows.ts', 'workflows'],
])('%s requests and answers are schemas that server and web app share', (_, contract, feature) => {
  const names = [...text(`packages/contracts/src/${contract}`).matchAll(/export const (\w+) = endpoint\(/g)].map(
    (match) => match[1] ?? '',
  )
  const using = (folder: string) => {
    const sources = files(`${folder}/**/*.{ts,tsx}`).map(text).join('\n')
    return names.filter((name) => new RegExp(`\\b${name}\\b`).test(sources))
  }
  expect(using(`apps/server/src/features/${feature}`)).toEqual(names)
  expect(using('apps/web/src').length).toBeGreaterThan(2)
})

test.each([
  ['S-055', 'users'],
  ['S-056', 'workflows'],
  ['S-057', 'amc_instances'],
  ['S-057', 'amc_accounts'],
])('%s: PostgreSQL stores %s', (_, table) => {
  expect(text('apps/server/schema.sql')).toContain(`create table ${table} (`)
})

test.each([
  ['S-128: auth endpoints', 'apps/server/src/features/sign-in/sign-in.routes.ts'],
  ['S-129: workflow endpoints', 'apps/server/src/features/workflows/workflows.routes.ts'],
  ['S-131: schemas for auth', 'packages/contracts/src/auth.ts'],
  ['S-131: schemas for workflows', 'packages/contracts/src/workflows.ts'],
  ['S-131: schemas for templates', 'packages/contracts/src/templates.ts'],
  ['S-134: the token service', 'apps/server/src/features/sign-in/token-broker.ts'],
  ['S-132: the database service', 'apps/server/src/platform/db/open-database.ts'],
  ['S-135: the database connection', 'apps/server/src/platform/db/postgresql.ts'],
])('%s are one module', (_, file) => {
  expect(existsSync(join(root, file))).toBe(true)
})

test('S-033: executions are served under /api/executions', () => {
  const { listExecutions, getExecution, getExecutionStatus, getResults } = contracts
  for (const { path } of [listExecutions, getExecution, getExecutionStatus, getResults])
    expect(path).toMatch(/^\/api\/executions(\/|$)/)
})

test('S-245: every package and app has tests of its own', () => {
  const without = ['packages/*', 'apps/*']
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((folder) => !folder.endsWith('testkit'))
    .filter((folder) => globSync(`${folder}/{src,test}/**/*.test.ts`, { cwd: root }).length === 0)
  expect(without).toEqual([])
})

test('S-246: every endpoint is called by an integration test', () => {
  const tests = globSync('apps/server/**/*.integration.test.ts', {
    cwd: root,
    exclude: (path) => path.includes('node_modules'),
  })
  const sources = [
    ...tests,
    ...globSync('apps/server/test/flows/*.ts', { cwd: root }),
    ...globSync('packages/testkit/src/*.ts', { cwd: root }),
  ]
  const all = sources.map(text).join('\n')
  const endpoints = Object.entries(contracts).filter(
    ([, value]) => typeof value === 'object' && 'method' in value && 'path' in value,
  )
  const uncalled = endpoints.map(([name]) => name).filter((name) => !new RegExp(`\\b${name}\\b`).test(all))
  expect(uncalled).toEqual([])
})

test('the README lists every setting that exists, and no other', () => {
  const known = [...text('apps/server/src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((match) => match[1] ?? '')
  const table = text('README.md').split('## Settings')[1]?.split('##')[0] ?? ''
  const rows = table.split('\n').filter((line) => line.startsWith('| `'))
  const listed = rows.flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map((match) => match[1]))
  expect(new Set(listed)).toEqual(new Set(known))
  expect(listed.length).toBe(known.length)
})
