import { expect, test } from 'vitest'
import { catalogue } from '../../../test/catalogue.ts'
import { analyze } from '../../analyze.ts'
import { snippets } from './snippets.ts'

const filledIn = (template: string) => template.replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
const known = snippets()

test('each snippet has a name of its own and says what it is for', () => {
  expect(new Set(known.map(({ label }) => label)).size).toBe(known.length)
  expect(known.filter(({ detail }) => detail === '')).toEqual([])
})

test.each(known.filter(({ whole }) => whole).map(({ label, text }) => [label, text]))(
  'the query of “%s” has no error as it is put in',
  (_, text) => {
    const { diagnostics } = analyze(filledIn(text), catalogue)
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  },
)
