import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** A rule that never fired proves nothing: each row is an import that a boundary forbids, beside one that it allows. */
const probes: [file: string, forbidden: string, allowed: string][] = [
  ['packages/amc-wire/src/a.ts', '@recomamp/amc-sql', 'zod'],
  ['packages/amc-sql/src/a.ts', '@recomamp/amc-wire', './tree.ts'],
  ['packages/amc-catalogue/src/a.ts', '@recomamp/amc-sql', 'node:fs'],
  ['packages/contracts/src/a.ts', '@recomamp/amc-sql', '@recomamp/amc-wire'],
  ['packages/contracts/src/b.ts', '@recomamp/amc-catalogue', '@recomamp/amc-catalogue/filter'],
  ['packages/contracts/src/c.ts', '@recomamp/amc-catalogue/schema', '@recomamp/amc-catalogue/model'],
  ['packages/amc-client/src/a.ts', '@recomamp/contracts', '@recomamp/amc-wire'],
  ['packages/amc-local/src/a.ts', '@recomamp/amc-wire', '@recomamp/amc-sql'],
  ['packages/amc-local/src/b.ts', '@recomamp/contracts', '@recomamp/amc-catalogue/schema'],
  ['packages/amc-emulator/src/a.ts', '@recomamp/amc-client', '@recomamp/amc-local'],
  ['apps/server/src/platform/a.ts', '#features/workflows/index.ts', '@recomamp/contracts'],
  ['apps/server/src/platform/b.ts', '@recomamp/amc-emulator', 'fastify'],
  ['apps/server/src/features/workflows/a.ts', '#features/instances/instances.store.ts', '#features/instances/index.ts'],
  ['apps/server/src/features/workflows/b.ts', '../instances/instances.store.ts', './workflows.store.ts'],
  ['apps/server/src/features/workflows/c.ts', '@recomamp/amc-emulator', '@recomamp/amc-client'],
  ['apps/server/src/features/workflows/d.ts', '@recomamp/testkit', '@recomamp/amc-sql'],
  ['apps/server/src/app.ts', '@recomamp/amc-emulator', '#features/instances/index.ts'],
  ['apps/server/src/main.ts', '@recomamp/testkit', '@recomamp/amc-emulator'],
  ['apps/cli/src/sql/a.ts', '@recomamp/server', '@recomamp/amc-emulator'],
  ['apps/cli/src/sql/d.ts', '@recomamp/amc-wire', '@recomamp/amc-catalogue/schema'],
  ['apps/cli/src/sql/b.ts', '@recomamp/amc-client', '@recomamp/amc-local'],
  ['apps/cli/src/keys/a.ts', '@recomamp/server', '@recomamp/server/commands'],
  ['apps/cli/src/sql/c.ts', '@recomamp/testkit', '@recomamp/amc-sql/rule-entries'],
  ['apps/web/src/features/workbench/a.tsx', '@recomamp/amc-client', '@recomamp/contracts'],
  ['apps/web/src/features/workbench/b.tsx', '#features/executions/executions.queries.ts', '#ui/button.tsx'],
  ['apps/web/src/features/workbench/c.tsx', '../executions/executions.queries.ts', './editor.tsx'],
  ['apps/web/src/features/workbench/d.page.tsx', '@recomamp/amc-local', '#features/executions/executions.queries.ts'],
  ['apps/web/src/features/workbench/e.tsx', '@recomamp/amc-catalogue/schema', '@recomamp/amc-catalogue/search'],
  ['apps/web/src/ui/a.tsx', '#features/executions/executions.queries.ts', '@recomamp/contracts'],
  ['apps/web/src/platform/a.ts', '#features/executions/executions.queries.ts', '@recomamp/contracts'],
]

let folder: string
const findings = new Map<string, string[]>()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'boundaries-'))
  copyFileSync(join(import.meta.dirname, '../.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  for (const [file, forbidden, allowed] of probes) {
    write(
      file.replace(/(\.page)?\.tsx?$/, (ending) => `.forbidden${ending}`),
      forbidden,
    )
    write(
      file.replace(/(\.page)?\.tsx?$/, (ending) => `.allowed${ending}`),
      allowed,
    )
    // main.ts is named by its rule, so it cannot take another name.
    if (file.endsWith('main.ts')) write(file, forbidden)
  }
  writeFileSync(join(folder, 'circle-a.ts'), "import { b } from './circle-b.ts'\nexport const a = () => b\n")
  writeFileSync(join(folder, 'circle-b.ts'), "import { a } from './circle-a.ts'\nexport const b = () => a\n")
  write('apps/server/src/features/workflows/clock.ts', 'zod', 'export const now = Date.now()')
  write('apps/server/src/features/workflows/settings.ts', 'zod', "export const port = process.env['PORT']")
  const oxlint = join(import.meta.dirname, '../node_modules/.bin/oxlint')
  const run = spawnSync(oxlint, ['--format', 'json', '.'], { cwd: folder, encoding: 'utf8' })
  const report: unknown = JSON.parse(run.stdout)
  for (const { filename, code } of (report as { diagnostics: { filename: string; code: string }[] }).diagnostics)
    findings.set(filename, [...(findings.get(filename) ?? []), code])
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(file: string, specifier: string, rest = ''): void {
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `import { x } from '${specifier}'\nexport const y = x\n${rest}\n`)
}

const fires = (file: string, rule: RegExp) => (findings.get(file) ?? []).some((code) => rule.test(code))

test.each(probes)('%s may not import %s', (file, _forbidden, allowed) => {
  const named = (kind: string) => file.replace(/(\.page)?\.tsx?$/, (ending) => `.${kind}${ending}`)
  // main.ts is named by its rule, so its probe keeps the name, and what it may import is not probed.
  const isMain = file.endsWith('main.ts')
  expect(fires(isMain ? file : named('forbidden'), /no-restricted-imports/)).toBe(true)
  expect(!isMain && fires(named('allowed'), /no-restricted-imports/), allowed).toBe(false)
})

test('a circle of imports is refused', () => expect(fires('circle-a.ts', /no-cycle/)).toBe(true))
test('the clock is an argument', () =>
  expect(fires('apps/server/src/features/workflows/clock.ts', /no-restricted-properties/)).toBe(true))
test('the environment is read in config.ts only', () =>
  expect(fires('apps/server/src/features/workflows/settings.ts', /no-process-env/)).toBe(true))
