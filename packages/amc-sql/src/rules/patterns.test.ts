import { describe, expect, test } from 'vitest'
import { findingsOf, marked, mended } from '../../test/findings.ts'

const where = (condition: string) => `SELECT COUNT(*) AS n FROM dsp_impressions WHERE ${condition}`

describe('AMC030: LIKE and SIMILAR TO', () => {
  const code = 'AMC030'

  test('SIMILAR TO with the signs of LIKE', () => {
    for (const [pattern, mend] of [
      ['%brand%', 'brand'],
      ['brand%', '^brand'],
      ['%brand', 'brand$'],
      ['%a%b%', 'a.*b'],
      ['%one%|%two%', 'one|two'],
      ['(%one%|%two%)', '(one|two)'],
      ["%men''s%", "men''s"],
      ['%{{word}}%', '{{word}}'],
    ]) {
      const text = where(`campaign SIMILAR TO '${pattern}'`)
      expect(marked(code, text), pattern).toEqual([`'${pattern}'`])
      expect(mended(code, text)).toBe(where(`campaign SIMILAR TO '${mend}'`))
    }
    expect(marked(code, where("campaign NOT SIMILAR TO '%brand%'"))).toHaveLength(1)
  })

  test('LIKE with the signs of a regular expression', () => {
    for (const [pattern, mend] of [
      ['^brand', 'brand%'],
      ['^brand$', 'brand'],
      ['.*brand.*', '%brand%'],
      ['^sp.*auto', 'sp%auto%'],
    ])
      expect(mended(code, where(`campaign LIKE '${pattern}'`)), pattern).toBe(where(`campaign LIKE '${mend}'`))
    expect(mended(code, where("campaign NOT LIKE '(?i)brand'"))).toBe(where("campaign NOT SIMILAR TO '(?i)brand'"))
    expect(mended(code, where("campaign LIKE '(one|two)'"))).toBe(where("campaign SIMILAR TO '(one|two)'"))
    expect(marked(code, where("campaign LIKE '^[a-z]+_\\d'"))).toHaveLength(1)
  })

  test('through a list in a WITH part, an alias, and CONCAT', () => {
    const list = `WITH p (word) AS (VALUES ('%one%'), ('two')), q AS (SELECT word AS w FROM p)
      SELECT COUNT(*) AS n FROM dsp_impressions i INNER JOIN q ON i.campaign SIMILAR TO q.w`
    expect(marked(code, list)).toEqual(["'%one%'"])
    expect(mended(code, list)).toContain("VALUES ('one'), ('two')")
    const concat = where("campaign SIMILAR TO CONCAT('%', line_item, '%')")
    expect(mended(code, concat)).toBe(where("campaign LIKE CONCAT('%', line_item, '%')"))
  })

  test('silent for patterns of their own kind, and for signs that stand in names', () => {
    for (const condition of [
      "campaign SIMILAR TO '(?i)brand'",
      "campaign SIMILAR TO '^brand.*(one|two)$'",
      "campaign SIMILAR TO '50%'",
      "campaign SIMILAR TO '[0-9]+% off'",
      "campaign LIKE '%brand%'",
      "campaign LIKE 'US | SP | Exact%'",
      "campaign LIKE '[SP] Brand'",
      "campaign LIKE '%(US|CA)%'",
      "campaign LIKE '% $5 %'",
      "campaign LIKE 'v1.2 %'",
      "campaign LIKE 'brand'",
      'campaign LIKE {{word}}',
    ])
      expect(marked(code, where(condition)), condition).toEqual([])
  })
})

describe('AMC031: (?!)', () => {
  const code = 'AMC031'

  test('in a pattern, in a call, in a list of a WITH part', () => {
    const text = where("campaign SIMILAR TO '(?!)brand'")
    expect(findingsOf(code, text)).toMatchObject([
      { severity: 'warning', message: '(?!) never matches, so this pattern finds nothing' },
    ])
    expect(marked(code, text)).toEqual(['(?!)'])
    expect(mended(code, text)).toBe(where("campaign SIMILAR TO '(?i)brand'"))
    expect(marked(code, where("REGEXP_REPLACE(campaign, 'it''s (?!)', '') = 'x'"))).toEqual(['(?!)'])
    expect(
      marked(
        code,
        "WITH p (w) AS (VALUES ('(?!)a')), q AS (SELECT w AS x FROM p) SELECT COUNT(*) AS n FROM dsp_impressions, q WHERE campaign SIMILAR TO x",
      ),
    ).toEqual(['(?!)'])
  })

  test('silent for a look-ahead with something in it, for (?i), and for a comment', () => {
    for (const pattern of ['(?!old)brand', '(?i)brand', '(?!.*old)', '(?:!)'])
      expect(marked(code, where(`campaign SIMILAR TO '${pattern}'`)), pattern).toEqual([])
    expect(marked(code, where("campaign SIMILAR TO 'a' -- not '(?!)'"))).toEqual([])
  })
})
