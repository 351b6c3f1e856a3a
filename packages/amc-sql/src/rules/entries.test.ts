import { expect, test } from 'vitest'
import { catalogue } from '../../test/catalogue.ts'
import { analyze } from '../index.ts'
import { ruleEntries } from './entries.ts'

const entries = ruleEntries.map((entry) => [entry.rule.code, entry] as const)

test.each(entries)('%s: its bad example breaks it and nothing worse, its good one is sound', (code, entry) => {
  const bad = analyze(entry.bad, catalogue, entry.given).diagnostics
  expect(bad.map((one) => one.code)).toContain(code)
  expect(bad.filter((one) => one.severity === 'error' && one.code !== code)).toEqual([])
  const good = analyze(entry.good, catalogue, entry.given).diagnostics
  expect(good.filter(({ severity }) => severity !== 'info').map((one) => `${one.code} ${one.message}`)).toEqual([])
  expect(good.map((one) => one.code)).not.toContain(code)
})
