import type { DataSourceSummary } from '@recomamp/contracts'
import { marks } from '#messages/marks.ts'

type Thresholds = DataSourceSummary['counts']['thresholds']

const strength = { NONE: 0, LOW: 28, MEDIUM: 52, HIGH: 76, VERY_HIGH: 100, INTERNAL: 100 } as const

/** The privacy classes that fields of a source have, each with how many, from harmless to never shown. */
export function presentClasses(thresholds: Thresholds): { name: string; share: number; count: number }[] {
  return Object.entries(strength)
    .map(([name, share]) => ({
      name: name.replace('_', ' '),
      share,
      count: thresholds[name as keyof typeof strength],
    }))
    .filter(({ count }) => count > 0)
}

/** The share of fields in each privacy class. */
export function PrivacyBar({ thresholds, wide }: { thresholds: Thresholds; wide?: boolean }) {
  const present = presentClasses(thresholds)
  const words = marks.classes(present.map(({ name, count }) => `${name} ${count}`).join(', '))
  return (
    <span
      role="img"
      aria-label={words}
      title={words}
      className={`flex h-2 flex-none gap-px ${wide === true ? '' : 'w-[96px]'}`}
    >
      {present.map(({ name, share, count }) => (
        <i
          key={name}
          style={{
            flex: count,
            background: `color-mix(in srgb, var(--c-guard-solid) ${share}%, var(--c-line))`,
          }}
        />
      ))}
    </span>
  )
}
