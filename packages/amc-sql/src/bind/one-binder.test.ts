import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../../../', import.meta.url).pathname
const sources = globSync('{apps,packages}/*/src/**/*.{ts,tsx}', { cwd: root }).filter(
  (file) => !/\.test\.tsx?$/.test(file) && !file.includes('node_modules'),
)

/** The code of a file without its comments. */
function codeOf(file: string): string {
  return readFileSync(root + file, 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*/g, '')
}

/** A regular expression that reads a whole `{{name}}`, or a search for `{{` in a text: what code needs to find placeholders by itself. */
const search =
  /(\\\{\\\{|\\\{\{2\}|\{\{).*(\\\}\\\}|\\\}\{2\}).*\/|(replace|replaceAll|split|indexOf|match|matchAll|search)\(\s*(['"`]\{\{|`\$?\{?\{\{)/

test('F-55: only the scanner finds placeholders, and only the binder fills them', () => {
  expect(sources.length).toBeGreaterThan(300)
  const readers = sources.filter((file) => search.test(codeOf(file)))
  expect(readers).toEqual(['packages/amc-sql/src/scan.ts'])
})

test('F-55: one function makes literals of values, and the compilation of runs is the only caller outside the language', () => {
  const makers = sources.filter((file) => /\bliteralOf\(scalar\b|export function literalOf/.test(codeOf(file)))
  expect(makers.filter((file) => !file.startsWith('packages/amc-sql/src/bind/'))).toEqual([])
  const callers = sources.filter((file) => /import \{[^}]*\bbind\b[^}]*\} from '@recomamp\/amc-sql'/.test(codeOf(file)))
  // The command line also runs what no run could send: on local data, with the privacy rules off. So do the tests of queries.
  expect(callers.filter((file) => !file.startsWith('apps/cli/src/'))).toEqual([
    'packages/amc-local/src/query-tests/run-query-test.ts',
  ])
})
