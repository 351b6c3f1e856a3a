import type { AmcCallFigures } from '@recomamp/contracts'
import type { CallRecord } from '#platform/db/tables.ts'
import type { Metrics } from '#platform/metrics/metrics.ts'

/** Counts by their upper bound in seconds, as a histogram keeps them; `+Inf` is all. */
export type Bounds = Record<string, number>

/** Adds a bucket of a histogram, whose bound is a label that its type does not know. */
export function count(within: Bounds, labels: object, value: number): void {
  const bound = String('le' in labels ? labels.le : '+Inf')
  within[bound] = (within[bound] ?? 0) + value
}

/** What this process has measured of its calls to AMC. */
export async function callRecords(metrics: Metrics): Promise<CallRecord[]> {
  const { values } = await metrics.amcCalls.get()
  const records = new Map<string, { outcomes: Record<string, number>; within: Bounds }>()
  for (const { metricName, labels, value } of values) {
    const operation = String(labels.operation)
    const record = records.get(operation) ?? { outcomes: {}, within: {} }
    records.set(operation, record)
    if (metricName?.endsWith('_count') === true) record.outcomes[String(labels.outcome)] = value
    if (metricName?.endsWith('_bucket') === true) {
      count(record.within, labels, value)
    }
  }
  return [...records].map(([operation, record]) => ({ operation, ...record }))
}

/** The figures of all processes together, the most used operation first. */
export function addUp(records: readonly CallRecord[]): AmcCallFigures[] {
  const operations = [...new Set(records.map(({ operation }) => operation))]
  return operations
    .map((operation) => {
      const own = records.filter((record) => record.operation === operation)
      const ended = (...outcomes: string[]) =>
        own.reduce((sum, record) => sum + outcomes.reduce((more, one) => more + (record.outcomes[one] ?? 0), 0), 0)
      const within: Bounds = {}
      for (const record of own)
        for (const [bound, value] of Object.entries(record.within)) within[bound] = (within[bound] ?? 0) + value
      return {
        operation,
        sent: ended('ok', 'refused', 'slowed-down', 'failed', 'no-answer'),
        refused: ended('refused'),
        slowedDown: ended('slowed-down'),
        failed: ended('failed', 'no-answer'),
        p95Ms: percentile(within, 0.95),
      }
    })
    .sort((a, b) => b.sent - a.sent)
}

/** The bound in milliseconds below which a share of all lies, from cumulative counts by their bound in seconds; null beyond the last one. */
export function percentile(within: Readonly<Bounds>, share: number): number | null {
  const all = within['+Inf'] ?? 0
  if (all === 0) return null
  const bounds = Object.entries(within)
    .filter(([bound]) => bound !== '+Inf')
    .map(([bound, count]) => [Number(bound), count] as const)
    .sort(([a], [b]) => a - b)
  const found = bounds.find(([, count]) => count >= all * share)
  return found === undefined ? null : found[0] * 1000
}
