import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ruleEntries } from '../packages/amc-sql/src/rules/entries.ts'
import { runCodes } from '../packages/amc-sql/src/rules/language-entries.ts'
import { rulesPage } from './rules-page.ts'

const root = join(import.meta.dirname, '..')
const sources = globSync('packages/amc-sql/src/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'))

test('docs/amc-sql/rules.md is what the rules say; `node scripts/write-rules-page.ts` writes it', () => {
  expect(readFileSync(join(root, 'docs/amc-sql/rules.md'), 'utf8')).toBe(rulesPage())
})

test('every code that the language reports is on the page', () => {
  const known = new Set([...ruleEntries, ...runCodes].map(({ rule }) => rule.code))
  const written = sources.flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /(?:code: |report\(\s*|error\(\s*|say\(\s*|refuse\(\s*)'([\w-]+)'/g,
    ),
  ])
  const codes = new Set(written.map((match) => match[1] ?? ''))
  expect(codes.size).toBeGreaterThan(55)
  expect([...codes].filter((code) => !known.has(code))).toEqual([])
})

test('each numbered rule has a file of its own', () => {
  const owners = new Map<string, string[]>()
  for (const file of sources)
    for (const [, code = ''] of readFileSync(join(root, file), 'utf8').matchAll(/^ {2}code: '(AMC\d{3})',$/gm))
      owners.set(code, [...(owners.get(code) ?? []), file])
  const files = [...owners.values()].flat()
  expect([...owners].filter(([, of]) => of.length !== 1)).toEqual([])
  expect(files.filter((file, at) => files.indexOf(file) !== at)).toEqual([])
  expect(owners.size).toBe(47)
})
