import { expect, test } from 'vitest'
import { analyze } from '../analyze.ts'
import { amcTables as schema } from '../../test/amc-tables.ts'
import { partQueryAt } from './part-query.ts'

const text = [
  '-- reach',
  'WITH a AS (SELECT campaign, SUM(impressions) AS "n n" FROM dsp_impressions WHERE campaign IN ({{x}}) GROUP BY campaign),',
  'b AS (SELECT campaign AS first_one FROM a)',
  'SELECT first_one FROM b',
].join('\n')

test('a WITH part is a query of its own: the text up to its end as it stands, then its columns', () => {
  const a = partQueryAt(text, text.indexOf('impressions'), schema)
  expect(a?.name).toBe('a')
  expect(a?.text).toBe(`${text.slice(0, text.indexOf(',\nb AS'))}\nSELECT campaign, "n n"\nFROM a`)
  const b = partQueryAt(text, text.indexOf('first_one FROM a'), schema)
  expect(b?.text.endsWith('\nSELECT first_one\nFROM b')).toBe(true)
  for (const part of [a, b]) {
    const { query, diagnostics } = analyze(part?.text ?? '', schema)
    expect(query).not.toBeNull()
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  }
})

test('outside of WITH parts there is none, nor where the columns of a part are not known', () => {
  expect(partQueryAt(text, text.length, schema)).toBeNull()
  expect(partQueryAt('WITH u AS (SELECT x FROM unheard_of) SELECT x FROM u', 15, schema)?.name).toBe('u')
  expect(partQueryAt('', 0, schema)).toBeNull()
})
