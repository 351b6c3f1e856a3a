import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCorpus } from '../../corpus/read-corpus.ts'
import { growthOfTime } from '../../test/growth-of-time.ts'
import { eventSchema } from '../../test/schema.ts'
import { analyze } from '../analyze.ts'
import { parse } from '../parse.ts'
import { scan } from '../scan.ts'
import { format, formatEdits } from './format.ts'

const corpus = [
  `WITH /* parts */ a (x, y) AS (SELECT x, y -- trailing
   , SUM(CASE WHEN a = 1 AND b = 2 THEN -1 ELSE 0 END) AS s FROM t i LEFT OUTER JOIN u ON i.a = u.a AND u.b IN ('1', '2')
   WHERE NOT EXISTS (SELECT 1 FROM z WHERE q = 1) GROUP BY 1, 2),

   -- second
   b AS (VALUES ('a'), ('b')) SELECT COUNT(DISTINCT user_id) FILTER (WHERE a > 1) AS n, i.order, CAST(a AS DECIMAL(18, 4)),
   a::INT, arr[1], ARRAY['a', 'b'] FROM (SELECT a, b FROM c) x (p, q), d WHERE a BETWEEN 1 AND 2 AND b IN {{ids}}
   OR c LIKE '%{{x}}%' HAVING SUM(a) > 1 UNION ALL (SELECT 1) ORDER BY 1 LIMIT 10;
   -- the end
`,
  'SELECT ROW_NUMBER() OVER (PARTITION BY a, b ORDER BY c DESC NULLS LAST) AS rn, SUM(c) OVER w FROM t WINDOW w AS (ORDER BY a)',
  "SELECT EXTRACT(DOW FROM d), TRIM(BOTH ' ' FROM s), SUBSTRING(s FROM 1 FOR 2), POSITION('a' IN s), x - INTERVAL '7' DAY FROM TABLE(EXTEND_TIME_WINDOW('t', 'P28D', 'P0D')) e",
  "SELECT 100.0 * COUNT(DISTINCT CASE WHEN purchases > 0 THEN user_id END) / NULLIF(COUNT(DISTINCT user_id), 0) + a || 'x' || LOWER(b) AS percentage, DATE '2026-01-01' FROM t WHERE ARRAY_CONTAINS(CUSTOM_PARAMETER('ids'), a) IS NOT TRUE",
]
const troubles =
  `' " \` ‘ ’ {{ }} {{p}} #x -- /* */ /**/ . .. :: : $1 ? - 1e5 1a .5 5. ( ) [ ] CASE END é 😀 ! | ; "b"`.split(' ')
troubles.push('-- recomamp-ignore AMC026: r', '-- c', '/* a */', '/* a\nb */', '\u00a0', '\u200b', '\ud83d', '"a b"')
const gaps = [
  '',
  ' ',
  '\n',
  '\n\n',
  '\r\n',
  '\t',
  '\u00a0',
  ' /* x */ ',
  '\n-- y\n',
  ' -- z\n',
  '/**/',
  '\n/* w */ ',
  '\n\n/* u\n\n */\n\n',
  ' -- recomamp-ignore AMC026, AMC032: why\n',
  '\n-- recomamp-ignore AMC026, AMC007: why\n',
]
const wordsOf = (text: string) => scan(text).map((token) => text.slice(token.from, token.to))
const words = [...corpus.flatMap(wordsOf), ...troubles]

const soup = fc
  .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(...gaps)), { maxLength: 40 })
  .map((parts) => parts.flat().join(''))

/** A text of the corpus with some tokens left out, put in, or set apart by comments and white space. */
const mutation = fc
  .tuple(
    fc.constantFrom(...corpus),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('cut', 'put', 'gap'), fc.nat()), { maxLength: 12 }),
  )
  .map(([text, changes]) => {
    const parts = wordsOf(text)
    for (const [place, change, choice] of changes) {
      const at = place % parts.length
      if (change === 'cut') parts[at] = ''
      else parts[at] += (change === 'put' ? words[choice % words.length] : gaps[choice % gaps.length]) ?? ''
    }
    return parts.join('')
  })

const anyText = fc.oneof(soup, mutation, fc.string({ unit: 'binary', maxLength: 60 }))

/** The tokens that are no white space; words that the case of which may change in upper case. */
function solid(text: string): string[] {
  return scan(text)
    .filter((token) => token.kind !== 'space')
    .map((token) => (token.word === '' ? text.slice(token.from, token.to) : token.word))
}

test('whatever the text, its tokens and comments stay, and formatting it again changes nothing', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const formatted = format(text)
      expect(solid(formatted)).toEqual(solid(text))
      expect(format(formatted)).toBe(formatted)
    }),
    { numRuns: 1500, seed: 1126 },
  )
})

test('whatever the text, it means what it meant: the tree and the findings are equal', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(meaning(format(text))).toEqual(meaning(text))
    }),
    { numRuns: 700, seed: 1126 },
  )
})

/** The tree without places and without the case of words, and the codes of the findings about more than white space. */
function meaning(text: string): unknown {
  const { query, diagnostics } = parse(text)
  const strip = (key: string, value: unknown) => {
    if (key === 'from' || key === 'to') return undefined
    return key === 'text' && typeof value === 'string' ? value.toUpperCase() : value
  }
  const findings = diagnostics.filter((one) => !one.message.includes('white space')).map((one) => one.code)
  return { query: JSON.stringify(query, strip), findings }
}

const judgedCorpus = [
  'SELECT campaign, SUM(clicks) / SUM(impressions) AS r, COUNT(user_id) AS users FROM views WHERE campaign = NULL AND line_item = NULL GROUP BY 1 ORDER BY 2 LIMIT 5',
  'WITH a AS (SELECT campaign, SUM(spend) / SUM(sales) AS r FROM views GROUP BY campaign) SELECT campaign, MAX(r) / MIN(r) AS s FROM a GROUP BY campaign HAVING MIN(r) / MAX(r) > 1',
]
const codes = ['AMC026', 'AMC032', 'AMC022', 'AMC037', 'AMC024'] as const
const spoken = fc
  .tuple(
    fc.constantFrom(...judgedCorpus),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...codes), fc.nat(3)), { maxLength: 8 }),
  )
  .map(([text, comments]) => {
    const parts = wordsOf(text)
    for (const [place, code, form] of comments) {
      const comment = `recomamp-ignore ${code}: why`
      const spaces = [` -- ${comment}\n`, `\n-- ${comment}\n`, `\n/* ${comment} */ `, '\n']
      const at = place % parts.length
      if (parts[at] === ' ') parts[at] = spaces[form] ?? ''
    }
    return parts.join('')
  })

test('whatever the text, the same findings are switched off by its comments', () => {
  const judged = (text: string) => {
    const { diagnostics, switchedOff } = analyze(text, eventSchema)
    return {
      found: diagnostics.map((one) => one.code).toSorted(),
      off: switchedOff.map(({ diagnostic }) => diagnostic.code).toSorted(),
    }
  }
  let off = 0
  fc.assert(
    fc.property(spoken, (text) => {
      const before = judged(text)
      const formatted = format(text)
      expect(judged(formatted)).toEqual(before)
      expect(format(formatted)).toBe(formatted)
      off += before.off.length
    }),
    { numRuns: 400, seed: 1126 },
  )
  expect(off).toBeGreaterThan(20)
})

test.each([...readCorpus('valid'), ...readCorpus('broken')].map(({ file, text }) => [file, text]))(
  '%s is laid out in 100 columns and means what it meant',
  (_, text) => {
    const formatted = format(text)
    expect(solid(formatted)).toEqual(solid(text))
    expect(meaning(formatted)).toEqual(meaning(text))
    expect(format(formatted)).toBe(formatted)
    expect(formatted.split('\n').filter((line) => line.length > 100 && !/--|'[^']{50,}'/.test(line))).toEqual([])
  },
)

test('only keywords and functions of AMC change their case', () => {
  fc.assert(
    fc.property(mutation, (text) => {
      const before = scan(text).filter((token) => token.kind === 'name')
      const formatted = format(text.toLowerCase())
      const after = scan(formatted).filter((token) => token.kind === 'name')
      expect(after.length).toBe(before.length)
      const raised = after.map((token) => formatted.slice(token.from, token.to)).filter((name) => /[A-Z]/.test(name))
      expect(raised.filter((name) => !/^[A-Z_0-9]+$/.test(name))).toEqual([])
      expect(raised).not.toContain('USER_ID')
    }),
    { numRuns: 200, seed: 1126 },
  )
})

test('the edits make the formatted text, and each lies in one gap or one word', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const formatted = format(text)
      const edits = formatEdits(text)
      let made = ''
      let at = 0
      for (const edit of edits) {
        expect(edit.from).toBeGreaterThanOrEqual(at)
        made += text.slice(at, edit.from) + edit.text
        at = edit.to
      }
      expect(made + text.slice(at)).toBe(formatted)
      for (const edit of edits)
        expect(`${text.slice(edit.from, edit.to)}${edit.text}`).toMatch(/^(\W*|[\w\P{ASCII}]*)$/u)
    }),
    { numRuns: 500, seed: 1126 },
  )
})

test('time is linear, also for texts that nest without end', () => {
  const slow: string[] = []
  const unit = "SELECT a, SUM(b) AS c FROM t JOIN u ON t.x = u.x WHERE t.x IN ('1', '2') GROUP BY 1 UNION ALL\n"
  for (const one of [
    unit,
    '(',
    '(a,',
    'CASE WHEN ',
    'a + ',
    'a AND ',
    '-- x\n',
    'a IN (SELECT ',
    'END ',
    '- ',
    '(-- x\n',
  ]) {
    const [small, large] = [4_000, 32_000].map((length) => one.repeat(Math.ceil(length / one.length))) as [
      string,
      string,
    ]
    const growth = growthOfTime(format, small, large, 4)
    if (growth >= 4) slow.push(`${one}: ${growth} times as long as in pieces`)
  }
  expect(slow).toEqual([])
})
