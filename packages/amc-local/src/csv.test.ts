import { describe, expect, test } from 'vitest'
import { amcDialect, csvHeader, csvLine } from './csv.ts'
import type { LocalValue } from './engine/protocol.ts'

const line = (values: LocalValue[]) => csvLine(values, amcDialect).slice(0, -1)

test('the header is in lower case', () => {
  expect(csvHeader(['Campaign', 'REACH'], amcDialect)).toBe('campaign,reach\n')
})

describe('values', () => {
  test('NULL is an empty field, an empty text is quoted', () => {
    expect(line([null, '', 'a'])).toBe(',"",a')
  })

  test('a quote inside a quoted field has a backslash before it, and so has a backslash', () => {
    expect(line(['19" screen', 'a,b', 'C:\\x', 'two\nlines'])).toBe('"19\\" screen","a,b","C:\\\\x","two\nlines"')
  })

  test('arrays and rows stand in brackets', () => {
    expect(
      line([
        ['DSP', 'Video'],
        [
          ['1', 'DSP'],
          ['2', null],
        ],
      ]),
    ).toBe('"[DSP, Video]","[[1, DSP], [2, null]]"')
  })

  test('numbers keep every digit', () => {
    expect(line([true, 9007199254740993n, '0.10', -1.5])).toBe('true,9007199254740993,0.10,-1.5')
  })
})

test('a workflow may choose another dialect', () => {
  expect(csvLine(['a;b', 'say "x"', 'plain'], { separator: ';', quote: '"', escape: '"' })).toBe(
    '"a;b";"say ""x""";plain\n',
  )
})
