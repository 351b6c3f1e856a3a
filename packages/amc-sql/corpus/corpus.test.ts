import { corpusSchema } from './corpus-schema.ts'
import { describe, expect, test } from 'vitest'
import { analyze } from '../test/judged.ts'
import { bind, positionAt, type Diagnostic } from '../src/index.ts'
import { lower } from '../src/lower/lower.ts'
import { readCorpus, type CorpusQuery } from './read-corpus.ts'

const schema = corpusSchema
const window = { start: '2026-10-01T00:00:00', end: '2026-11-01T00:00:00' }

/** The text as it is sent, its placeholders filled. */
function bound(query: CorpusQuery): string {
  if (query.declarations.length === 0) return query.text
  const filled = bind(query.text, query.declarations, query.values)
  expect(filled.ok ? [] : filled.diagnostics).toEqual([])
  return filled.ok ? filled.text : ''
}

/** `5:6-19`, or `5:6-7:2` over several lines, or `5:6` for a gap. */
function placeOf(text: string, { from, to }: Diagnostic): string {
  const start = positionAt(text, from)
  if (from === to) return `${start.line}:${start.column}`
  const end = positionAt(text, to - 1)
  const line = end.line === start.line ? '' : `${end.line}:`
  return `${start.line}:${start.column}-${line}${end.column}`
}

function shown(text: string, diagnostic: Diagnostic): string {
  const { code, message, help = '' } = diagnostic
  return `${code} ${placeOf(text, diagnostic)} ${message} | ${help}`
}

describe('valid queries', () => {
  const queries = readCorpus('valid')

  test('there is one for each of the 106 analyses that people ask for', () => {
    const analyses = new Set(queries.flatMap(({ useCases }) => useCases))
    expect([...analyses].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 106 }, (_, at) => at + 1))
  })

  test.each(queries.map((query) => [query.file, query] as const))('%s', (_, query) => {
    const { customParameters } = query
    const options = { customParameters, ...(query.forcedAudience && { audience: true }) }
    const template = analyze(query.text, schema, { declared: query.declarations, ...options })
    const sent = bound(query)
    const { diagnostics } = analyze(sent, schema, options)
    for (const [text, found] of [
      [query.text, template.diagnostics],
      [sent, diagnostics],
    ] as const)
      expect(found.filter(({ severity }) => severity === 'error').map((one) => shown(text, one))).toEqual([])
    const warnings = diagnostics.filter(({ severity }) => severity === 'warning')
    expect(
      warnings.filter(({ code }) => !query.warns.includes(code)).map((one) => shown(sent, one)),
      'warnings that it does not announce',
    ).toEqual([])
    const codes = new Set(warnings.map(({ code }) => code))
    expect(query.warns.filter((code) => !codes.has(code))).toEqual([])
    const lowered = lower(sent, { schema, window, customParameters, privacy: null })
    expect(lowered.ok ? [] : lowered.diagnostics.map((one) => shown(sent, one))).toEqual([])
  })
})

describe('broken queries', () => {
  test.each(readCorpus('broken').map((query) => [query.file, query] as const))('%s', (_, query) => {
    const { text, customParameters, declarations } = query
    const { diagnostics } = analyze(text, schema, {
      customParameters,
      ...(query.forcedAudience && { audience: true }),
      ...(declarations.length > 0 && { declared: declarations }),
    })
    const codes = new Set(query.expected.map(({ code }) => code))
    const found = diagnostics
      .filter(({ severity, code }) => severity === 'error' || codes.has(code))
      .map((one) => shown(text, one))
    const wanted = query.expected.map(({ code, place }) => `${code} ${place}`)
    expect(
      found.map((one) => one.split(' ').slice(0, 2).join(' ')),
      found.join('\n'),
    ).toEqual(wanted)
    for (const [at, { words }] of query.expected.entries())
      expect(found[at]?.toLowerCase()).toContain(words.toLowerCase())
    const isRefused = diagnostics.some(({ severity }) => severity === 'error')
    expect(lower(text, { schema, window, customParameters, privacy: { behavior: 'REMOVE_ROWS' } }).ok).toBe(!isRefused)
  })
})
