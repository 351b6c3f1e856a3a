/** The colours of a chart as the browser resolves them: ECharts draws on a canvas, which does not read tokens. */
export interface ChartTheme {
  surface: string
  text: string
  text2: string
  text3: string
  lineSubtle: string
  line: string
  raised: string
  series: string[]
  other: string
  sequential: string[]
  warn: string
  warnTint: string
  guard: string
  guardTint: string
  bars: string
  font: string
  codeFont: string
}

/** Resolves the tokens where an element stands, in the theme that it has there. */
export function readTheme(element: HTMLElement): ChartTheme {
  const probe = document.createElement('i')
  element.append(probe)
  const read = (token: string) => {
    probe.style.color = `var(--c-${token})`
    return getComputedStyle(probe).color
  }
  const numbered = (name: string, count: number) => Array.from({ length: count }, (_, at) => read(`${name}-${at + 1}`))
  const fonts = getComputedStyle(document.documentElement)
  const theme: ChartTheme = {
    surface: read('surface'),
    text: read('text'),
    text2: read('text-2'),
    text3: read('text-3'),
    lineSubtle: read('line-subtle'),
    line: read('line'),
    raised: read('raised'),
    series: numbered('cat', 6),
    other: read('cat-other'),
    sequential: numbered('seq', 7),
    warn: read('warn-line'),
    warnTint: read('warn-tint'),
    guard: read('guard-solid'),
    guardTint: read('guard-tint'),
    bars: read('line-strong'),
    font: fonts.getPropertyValue('--font-ui').trim(),
    codeFont: fonts.getPropertyValue('--font-code').trim(),
  }
  probe.remove()
  return theme
}

/** Filtered shares are hatched plum, days that still settle amber, on every chart. */
export function hatch(color: string, line: string) {
  return {
    color,
    decal: { symbol: 'rect', color: line, dashArrayX: [1, 0], dashArrayY: [1, 5], rotation: -Math.PI / 4 },
  }
}
