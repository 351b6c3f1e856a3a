import type { Threshold } from '@recomamp/amc-sql'
import { Lock } from 'lucide-react'
import { marks } from '#messages/marks.ts'

const chips: Record<string, string> = {
  STRING: 'Aa',
  INTEGER: '123',
  LONG: '123',
  DECIMAL: '1.0',
  DOUBLE: '1.0',
  FLOAT: '1.0',
  BOOLEAN: 'T/F',
  DATE: 'DAY',
  TIMESTAMP: 'TS',
  ARRAY: '[ ]',
}

const typeWords: Record<string, string> = marks.types

/** The type of a column at a glance: outlined for a dimension, filled for a metric. */
export function TypeChip({ type, metric }: { type: string | null; metric: boolean }) {
  const name = type ?? marks.unknown
  return (
    <span
      className={`type-chip ${metric ? 'metric' : ''}`}
      role="img"
      aria-label={typeWords[name] ?? name}
      title={name}
    >
      <span aria-hidden>{chips[name] ?? '?'}</span>
    </span>
  )
}

const levels: Record<Threshold, number> = { NONE: 0, LOW: 1, MEDIUM: 2, HIGH: 3, VERY_HIGH: 4, INTERNAL: 4 }

/** Amazon's aggregation threshold of a column as bars, with its word beside it where there is room; null where nobody says. */
export function PrivacyMeter({ threshold, word }: { threshold: Threshold | null; word?: boolean }) {
  if (threshold === null)
    return (
      <span className="text-12 text-text-3" title={marks.unknownThreshold}>
        {marks.unknown}
      </span>
    )
  const name = threshold.replace('_', ' ')
  return (
    <span
      className="meter"
      title={marks.thresholds[threshold]}
      {...(word ? {} : { role: 'img', 'aria-label': `${name}: ${marks.thresholds[threshold]}` })}
    >
      <span className="bars" aria-hidden>
        {[0, 1, 2, 3].map((bar) => (
          <i key={bar} className={bar < levels[threshold] ? 'full' : ''} />
        ))}
      </span>
      {threshold === 'INTERNAL' && <Lock size={11} strokeWidth={2} aria-hidden />}
      {word && <span>{name}</span>}
    </span>
  )
}

/** A long identifier cut in the middle, since its tail tells it apart; the whole of it is in the tooltip. */
export function CutMiddle({ text, tail = 13 }: { text: string; tail?: number }) {
  if (text.length <= tail + 11) return <span className="cut">{text}</span>
  return (
    <span className="cut-middle" title={text}>
      <span>{text.slice(0, -tail)}</span>
      <span>{text.slice(-tail)}</span>
    </span>
  )
}
