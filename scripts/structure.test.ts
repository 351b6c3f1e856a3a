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

test('S-011, S-206: one module of the web app owns the session, and nothing of it is in localStorage', () => {
  const users = files('apps/web/src/**/*.{ts,tsx}').filter((file) =>
    /\b(login|logout|refreshSession|getCurrentUser)\b/.test(text(file)),
  )
  expect(
    users.every((file) => /platform\/(session|tokens|api)\.tsx?$|features\/sign-in\//.test(file)),
    users.join(),
  ).toBe(true)
  expect(files('apps/web/src/**/*.{ts,tsx}').filter((file) => /localStorage[^\n]*oken/.test(text(file)))).toEqual([])
})

test('S-014, S-117: keys of what the server said are written only in the queries of their noun, and begin with it', () => {
  const keyed = files('apps/web/src/**/*.{ts,tsx}').filter((file) => /queryKey: \[/.test(text(file)))
  expect(keyed.filter((file) => !/\.queries\.ts$|platform\/session\.tsx$/.test(file))).toEqual([])
  const readers = files('apps/web/src/**/*.{ts,tsx}').filter((file) => /useState[^\n]*await call\(/.test(text(file)))
  expect(readers).toEqual([])
})

test('S-015, S-114, S-118, S-119: who is signed in and the theme come through context, and only their modules read what is stored', () => {
  const session = text('apps/web/src/platform/session.tsx')
  for (const part of ['user: CurrentUser | null', 'state: SessionState', 'signIn: (', 'signOut: ()'])
    expect(session).toContain(part)
  const stored = (key: string) => files('apps/web/src/**/*.{ts,tsx}').filter((file) => text(file).includes(key))
  expect(stored('recomamp.was-signed-in')).toEqual(['apps/web/src/platform/signed-in-hint.ts'])
  expect(stored('recomamp.theme')).toEqual(['apps/web/src/platform/theme.tsx'])
  const readers = files('apps/web/src/**/*.{ts,tsx}').filter((file) => /\b(local|session)Storage\b/.test(text(file)))
  expect(readers).toEqual(['apps/web/src/platform/stored.ts'])
})

test('S-116: what the API answers has one type for both sides, that of the contracts', () => {
  const doubles = files('apps/web/src/**/*.{ts,tsx}').filter((file) =>
    /(interface|type) (Workflow|Execution|ExecutionSummary|Instance|Connection|CurrentUser|Problem(Body)?)\b(?! =)? *[={]/.test(
      text(file).replace(/import [^\n]*/g, ''),
    ),
  )
  expect(doubles).toEqual([])
})

test('S-229: the editor, the grid of results and every page are loaded when they are wanted', () => {
  const routes = text('apps/web/src/routes.tsx')
  expect(routes).not.toMatch(/^import [^\n]*\.page\.tsx/m)
  const eager = files('apps/web/src/{main,routes}.tsx').concat(files('apps/web/src/{platform,shell}/**/*.{ts,tsx}'))
  expect(eager.filter((file) => /from '(@codemirror|echarts)/.test(text(file)))).toEqual([])
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

test('S-178: routes bind and answer; what is done stands in use cases and stores', () => {
  const routes = files('apps/server/src/features/**/*.routes.ts')
  expect(routes.length).toBeGreaterThan(10)
  expect(routes.filter((file) => /\b(selectFrom|insertInto|updateTable|deleteFrom|sql`)/.test(text(file)))).toEqual([])
})

test.each([
  ['S-188', 'users', ['id uuid', 'email text', 'created_at timestamp']],
  ['S-188', 'connections', ['access_token_encrypted text', 'refresh_token_encrypted text']],
  [
    'S-189',
    'workflows',
    [
      'id uuid',
      'user_id uuid',
      'name text',
      'sql_query text',
      'parameters jsonb',
      'instance_id uuid',
      'created_at timestamp',
      'FOREIGN KEY (user_id)',
      'FOREIGN KEY (instance_id)',
    ],
  ],
  [
    'S-190',
    'workflow_executions',
    [
      'id uuid',
      'workflow_id uuid',
      'status text',
      'amc_execution_id text',
      'requested_at timestamp',
      'FOREIGN KEY (workflow_id)',
    ],
  ],
  ['S-191', 'workflow_executions', ['CHECK ((status = ANY']],
  [
    'S-192',
    'query_templates',
    [
      'template_id text',
      'name text',
      'sql_template text',
      'parameters_schema jsonb',
      'is_public boolean',
      'usage_count integer',
      'PRIMARY KEY (template_id)',
    ],
  ],
  ['S-193', 'query_templates', ['category text']],
  ['S-194', 'amc_instances', ['amc_instance_id text', 'account_id uuid']],
  ['S-194', 'amc_accounts', ['entity_id text', 'marketplace_id text']],
])('%s: the table %s has its columns and keys', (_, table, parts) => {
  const [, made = ''] =
    new RegExp(`create table ${table} \\(([\\s\\S]*?)\\n\\);`).exec(text('apps/server/schema.sql')) ?? []
  expect(parts.filter((part) => !made.includes(part))).toEqual([])
})

test.each([
  ['S-188, S-195', 'idx_users_email'],
  ['S-196', 'idx_workflows_user_id'],
  ['S-197', 'idx_workflows_instance_id'],
  ['S-198', 'idx_executions_workflow_id'],
  ['S-199', 'idx_executions_status'],
  ['S-200', 'idx_templates_category'],
  ['S-201', 'idx_templates_public'],
])('%s: the index %s exists', (_, index) => {
  expect(text('apps/server/schema.sql')).toMatch(new RegExp(`INDEX ${index} ON`))
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
  const known = [...text('apps/server/src/config.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(
    (match) => match[1] ?? '',
  )
  const table = text('README.md').split('## Settings')[1]?.split('##')[0] ?? ''
  const rows = table.split('\n').filter((line) => line.startsWith('| `'))
  const listed = rows.flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map((match) => match[1]))
  expect(new Set(listed)).toEqual(new Set(known))
  expect(listed.length).toBe(known.length)
})

test('S-209, S-221: what goes over all workspaces is named: rounds, finding out who asks, what people do in several, figures, commands', () => {
  const crossing = files('apps/server/src/**/*.ts').filter((file) => /\bacrossWorkspaces\(/.test(text(file)))
  expect(crossing.sort()).toEqual([
    'apps/server/src/features/members/members.routes.ts',
    'apps/server/src/features/members/workspaces.ts',
    'apps/server/src/features/personal-tokens/token-callers.ts',
    'apps/server/src/features/sign-in/current-user.ts',
    'apps/server/src/features/sign-in/sessions.ts',
    'apps/server/src/features/sign-in/sign-in.routes.ts',
    'apps/server/src/features/watching/refresh-metrics.ts',
    'apps/server/src/features/workspace-deletion/workspace-deletion.routes.ts',
    'apps/server/src/import-catalogue.ts',
    'apps/server/src/platform/http/serve.ts',
    'apps/server/src/platform/jobs/job-runner.ts',
    'apps/server/src/rotate-keys.ts',
    'apps/server/src/start-server.ts',
  ])
})

test('S-225: nothing of a session outlives its transaction, so that a pooler in transaction mode may stand between', () => {
  const server = files('apps/server/{src,migrations}/**/*.{ts,sql}')
  const bound =
    /pg_advisory_lock|pg_try_advisory_lock\b|\blisten \w+;|^set (?!local)|\bcreate temp|cursor with hold|\bprepare \w+ as/im
  expect(server.filter((file) => !file.includes('/fixtures/') && bound.test(text(file)))).toEqual([])
})

test('F-02: a column that names another row means one table everywhere, by its one key', () => {
  const schema = text('apps/server/schema.sql')
  const keys = [...schema.matchAll(/FOREIGN KEY \((\w+_id)\) REFERENCES (\w+)\((\w+)\)/g)]
  expect(keys.length).toBeGreaterThan(30)
  expect(new Set(keys.map(([, , , key]) => key))).toEqual(new Set(['id']))
  const meanings = Map.groupBy(keys, ([, column]) => column)
  for (const [column, uses] of meanings) expect(new Set(uses.map(([, , table]) => table)).size, column).toBe(1)
  // And nobody calls something else by such a name.
  const strays = [...schema.matchAll(/^create table (\w+) \(([\s\S]*?)\n\);/gm)].flatMap(([, table, columns = '']) =>
    [...meanings.keys()]
      .filter((column) => new RegExp(`^  ${column} `, 'm').test(columns))
      .filter((column) => !new RegExp(`FOREIGN KEY \\((?:workspace_id, )?${column}\\b`).test(columns))
      .map((column) => `${table}.${column}`),
  )
  expect(strays).toEqual([])
})

test('F-04: the account of an AMC call is made in one place for instances that are known, and where they become known', () => {
  const makers = files('apps/server/src/**/*.ts').filter((file) => /entityId:[^\n]*marketplaceId:/.test(text(file)))
  expect(makers.sort()).toEqual([
    'apps/server/src/features/instances/add-instances.ts',
    'apps/server/src/features/instances/discover-instances.job.ts',
    'apps/server/src/features/instances/reachable-instance.ts',
  ])
})

test('F-25: a promise that nobody waits for does not pass', () => {
  const lint = JSON.parse(text('.oxlintrc.json').replaceAll(/^\s*\/\/.*$/gm, '')) as { rules: Record<string, unknown> }
  expect(lint.rules['typescript/no-floating-promises']).toBe('error')
})

test('F-28: AMC is asked by background work alone, and no request waits for it or for a time', () => {
  const server = files('apps/server/src/features/**/*.ts')
  const asking = server.filter((file) => /\bamcFor\(/.test(text(file)) && !file.endsWith('.job.ts'))
  expect(asking.sort()).toEqual([
    // They ask which call would be made, and make none.
    'apps/server/src/features/executions/preview-run.ts',
    'apps/server/src/features/executions/show-request.ts',
  ])
  const waiting = server.filter((file) => /node:timers\/promises/.test(text(file)))
  // A renewal of tokens waits for the lease of another process; only calls to AMC ask for tokens.
  expect(waiting.filter((file) => !/side-by-side|\.job\.ts|renew-token/.test(file))).toEqual([])
})

test('F-41: every list says how many there are, or that it goes on, or is whole', () => {
  // The first two are whole; to count the third all queries would have to be read, so it says only whether it goes on.
  const uncounted = ['listDataSourceCategories', 'getMoneyColumns', 'listFieldUses']
  const lists = Object.entries(contracts as Record<string, unknown>).flatMap(([name, value]) => {
    const body = Object(Object(Object(value).ok).body).shape as Record<string, unknown> | undefined
    return body !== undefined && 'items' in body ? [{ name, fields: Object.keys(body) }] : []
  })
  expect(lists.length).toBeGreaterThan(12)
  for (const { name, fields } of lists.filter((list) => !uncounted.includes(list.name)))
    expect(fields, name).toEqual(expect.arrayContaining(['total', 'nextCursor']))
})

test('F-45: there is no mock mode: the emulator is another program behind Amazon’s wire format, reached by its address', () => {
  const sources = files('{apps/server,packages/amc-client,packages/amc-wire}/src/**/*.ts')
  expect(sources.filter((file) => /\bmock/i.test(text(file)))).toEqual([])
  const users = files('apps/server/src/**/*.ts').filter((file) => /@recomamp\/amc-emulator/.test(text(file)))
  expect(users).toEqual(['apps/server/src/main.ts'])
})
