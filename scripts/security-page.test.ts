import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const page = readFileSync(join(root, 'docs/security.md'), 'utf8')
const rows = [...page.matchAll(/^\| (V[\d.]+) \| (.*?) \| (.*) \| (.*) \|$/gm)].map(
  ([, id = '', answer = '', where = '', shown = '']) => ({ id, answer, where, shown }),
)

/** The requirements of levels 1 and 2 by section (OWASP ASVS 5.0.0), without those of what RecomAMP does not have. */
const sections: Readonly<Record<string, number | readonly number[]>> = {
  '1.1': 2,
  '1.2': 9,
  '1.3': 11,
  '1.4': 3,
  '1.5': 2,
  '2.1': 3,
  '2.2': 3,
  '2.3': 4,
  '2.4': 1,
  '3.2': 2,
  '3.3': 4,
  '3.4': 6,
  '3.5': 5,
  '3.7': 2,
  '4.1': 3,
  '4.2': 1,
  '5.1': 1,
  '5.2': 3,
  '5.3': 2,
  '5.4': 3,
  '6.1': 3,
  '6.3': 4,
  '6.4': 4,
  '6.8': 4,
  '7.1': 3,
  '7.2': 4,
  '7.3': 2,
  '7.4': 5,
  '7.5': 2,
  '7.6': 2,
  '8.1': 2,
  '8.2': 3,
  '8.3': 1,
  '8.4': 1,
  '9.1': 3,
  '9.2': 4,
  '10.1': 2,
  '10.2': 2,
  '10.3': 4,
  '10.4': 11,
  '10.5': 5,
  '10.7': 3,
  '11.1': 2,
  '11.2': 3,
  '11.3': 3,
  '11.4': 4,
  '11.5': 1,
  '11.6': 1,
  '12.1': 3,
  '12.2': 2,
  '12.3': 4,
  '13.1': 1,
  '13.2': 5,
  '13.3': 2,
  '13.4': 5,
  '14.1': 2,
  '14.2': 4,
  '14.3': 3,
  '15.1': 3,
  '15.2': 3,
  '15.3': 7,
  '16.1': 1,
  '16.2': 5,
  '16.3': 4,
  '16.4': 3,
  '16.5': 3,
}

test('every requirement of ASVS 5.0.0 on levels 1 and 2 has one answer', () => {
  const ids = Object.entries(sections).flatMap(([section, numbers]) => {
    const list = typeof numbers === 'number' ? Array.from({ length: numbers }, (_, at) => at + 1) : numbers
    return list.map((number) => `V${section}.${number}`)
  })
  expect(rows.map(({ id }) => id)).toEqual(ids)
  for (const { id, answer, where, shown } of rows) {
    expect(['yes', 'no', 'operator'], id).toContain(answer)
    expect([where, shown], id).not.toContain('')
  }
})

test('the files that the page names exist, and so do the tests', () => {
  const named = rows.flatMap(({ where, shown }) => [...`${where} ${shown}`.matchAll(/`([\w@./-]+\/[\w./-]+)`/g)])
  const paths = named.map(([, path = '']) => path).filter((path) => !path.startsWith('/'))
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
  const tests = globSync('{apps,packages,scripts}/**/*.test.ts', {
    cwd: root,
    exclude: (name) => name.includes('node_modules'),
  })
  const texts = tests.map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
  const titles = rows.map(({ shown }) => shown).filter((shown) => !shown.includes('`') && !shown.startsWith('not '))
  expect(titles.filter((title) => !texts.includes(title))).toEqual([])
})
