import { describe, expect, test } from 'vitest'
import { catalogue } from '../../test/catalogue.ts'
import { analyze, fixAll } from '../../test/judged.ts'
import { applyEdits, type AnalyzeOptions, parse } from '../index.ts'
import { ruleEntries } from './entries.ts'
import { runCodes } from './language-entries.ts'
import type { RuleEntry } from './rule.ts'
import { rules } from './rules.ts'

function findings(text: string, given?: AnalyzeOptions) {
  return analyze(text, catalogue, given).diagnostics
}

function errors(text: string, given?: AnalyzeOptions): string[] {
  return findings(text, given).flatMap(({ severity, code, message }) =>
    severity === 'error' ? [`${code} ${message}`] : [],
  )
}

test('AMC001 to AMC048 have one entry each, in their order, and no other code stands twice', () => {
  const codes = ruleEntries.map(({ rule }) => rule.code)
  const numbered = Array.from({ length: 48 }, (_, at) => `AMC${String(at + 1).padStart(3, '0')}`)
  expect(codes.filter((code) => code.startsWith('AMC'))).toEqual(numbered)
  const all = [...codes, ...runCodes.map(({ rule }) => rule.code)]
  expect(all.filter((code, at) => all.indexOf(code) !== at)).toEqual([])
})

test('every rule has its entry', () => {
  const described = new Set(ruleEntries.map(({ rule }) => rule.code))
  expect(rules.map(({ code }) => code).filter((code) => !described.has(code))).toEqual([])
})

describe.each(ruleEntries.map((entry): [string, RuleEntry] => [entry.rule.code, entry]))('%s', (code, entry) => {
  const { bad, good, given, rule } = entry

  test('the bad example breaks this rule, and no other one with an error', () => {
    const found = findings(bad, given)
    const own = found.filter((one) => one.code === code)
    expect(own.map(({ severity }) => severity)).toContain(rule.severity)
    for (const { from, to, message, help } of own) {
      expect([from, to]).not.toEqual([0, bad.length])
      expect(message.length).toBeGreaterThan(10)
      expect(help ?? '').not.toBe('')
    }
    expect(found.filter((one) => one.severity === 'error' && one.code !== code)).toEqual([])
  })

  test('the good example is sound', () => {
    const found = findings(good, given).filter((one) => one.code === code || one.severity !== 'info')
    expect(found.map((one) => `${one.code} ${one.message}`)).toEqual([])
  })

  test('a fix mends the bad example, which reads as a query afterwards', () => {
    const fixes = findings(bad, given)
      .filter((one) => one.code === code)
      .flatMap((one) => one.fixes ?? [])
    const sure = fixes.some(({ suggestion }) => suggestion !== true)
    const [first] = fixes
    const mended = sure ? fixAll(bad, catalogue, given).text : first === undefined ? null : applyEdits(bad, first.edits)
    if (mended === null) return
    expect(
      findings(mended, given).filter((one) => one.code === code),
      mended,
    ).toEqual([])
    expect(parse(mended).diagnostics, mended).toEqual([])
    expect(errors(mended, given), mended).toEqual([])
  })
})
