import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--c-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name = '', light = '', dark = '']) => [
    name,
    { light, dark },
  ]),
)

/** Foreground, backgrounds, least ratio: every pair that the interface uses. A new pair goes here first. */
const pairs: [string, string[], number][] = [
  ['text', ['surface', 'canvas', 'sunken', 'raised', 'hover', 'active', 'accent-tint', 'accent-tint-2'], 4.5],
  ['text-2', ['surface', 'canvas', 'sunken', 'raised', 'hover', 'active', 'accent-tint', 'accent-tint-2'], 4.5],
  ['text-3', ['surface', 'canvas', 'sunken', 'raised', 'hover', 'active', 'accent-tint-2'], 4.5],
  ['text-inverse', ['ink', 'ink-hover'], 4.5],
  ['on-accent', ['accent', 'accent-hover'], 4.5],
  ['accent-text', ['surface', 'canvas', 'sunken', 'raised', 'hover', 'accent-tint', 'accent-tint-2'], 4.5],
  ['ok', ['surface', 'sunken', 'ok-tint'], 4.5],
  ['bad', ['surface', 'bad-tint'], 4.5],
  ['warn', ['surface', 'sunken', 'warn-tint'], 4.5],
  ['guard', ['surface', 'guard-tint', 'guard-line'], 4.5],
  ...['keyword', 'function', 'string', 'number', 'comment', 'table', 'column', 'operator'].map(
    (kind): [string, string[], number] => [`syn-${kind}`, ['surface'], 4.5],
  ),
  ['syn-param', ['syn-param-bg'], 4.5],
  ['surface', ['text-3', 'ok-solid', 'bad-solid'], 3],
  ['line-control', ['surface', 'canvas', 'raised'], 3],
  ['focus', ['surface', 'canvas', 'sunken', 'raised'], 3],
  ['accent', ['surface', 'sunken'], 3],
  ['warn-solid', ['surface'], 3],
  ['guard-solid', ['surface', 'sunken'], 3],
]

for (const theme of ['light', 'dark'] as const)
  test(`every pair of colours in use is readable (${theme})`, () => {
    const low = pairs.flatMap(([foreground, backgrounds, least]) =>
      backgrounds.flatMap((background) => {
        const ratio = contrast(colour(foreground)[theme], colour(background)[theme])
        return ratio < least ? [`${foreground} on ${background}: ${ratio.toFixed(2)} < ${least}`] : []
      }),
    )
    expect(low).toEqual([])
  })

test('the contrast formula is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

function colour(name: string): { light: string; dark: string } {
  const found = tokens.get(name)
  if (found === undefined) throw new Error(`tokens.css has no colour ${name}`)
  return found
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
