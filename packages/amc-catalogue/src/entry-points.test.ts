import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

/** The packages that an entry point brings along, types left out; a browser pays for each. */
function packagesOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type)(?:[^;]*?) from '([^']+)'/gm)
  const found = [...imports].flatMap(([, name = '']) =>
    name.startsWith('.') ? packagesOf(join(dirname(file), name), seen) : [name],
  )
  return [...new Set(found)].toSorted()
}

test.each([
  ['search', []],
  ['fields', []],
  ['compare', []],
  ['filter', ['zod']],
  ['model', ['zod']],
])('%s runs in a browser, with the packages %j and no other', (entry, packages) => {
  expect(packagesOf(join(import.meta.dirname, entry, 'index.ts'))).toEqual(packages)
})

test('the schema that a command line starts with brings no package along but Node’s files', () => {
  expect(packagesOf(join(import.meta.dirname, 'load-schema.ts'))).toEqual(['node:fs'])
})
