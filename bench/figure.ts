/** One measured line of the table: a figure of the design, what was seen, and whether it reaches its target. */
export interface Figure {
  id: string
  what: string
  measured: string
  target: string
  verdict: 'reached' | 'missed' | 'not measured' | 'for information'
}

/** A figure whose value must not exceed a limit. */
export function atMost(id: string, what: string, value: number, limit: number, unit: string): Figure {
  const verdict = value <= limit ? 'reached' : 'missed'
  return { id, what, measured: `${round(value)}${unit}`, target: `≤ ${limit}${unit}`, verdict }
}

/** A figure whose value must reach a limit. */
export function atLeast(id: string, what: string, value: number, limit: number, unit: string): Figure {
  const verdict = value >= limit ? 'reached' : 'missed'
  return { id, what, measured: `${round(value)}${unit}`, target: `≥ ${limit}${unit}`, verdict }
}

/** A value without a target, to be watched. */
export function told(id: string, what: string, value: number, unit: string): Figure {
  return { id, what, measured: `${round(value)}${unit}`, target: '', verdict: 'for information' }
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
