import type { OutputColumn, Threshold } from '@recomamp/amc-sql'
import type { PrivacyFilteringBehavior } from '@recomamp/contracts'
import { memo } from 'react'
import { workbench } from '#messages/workbench.ts'
import { PrivacyMeter } from '#ui/data-marks.tsx'
import { Segmented } from '#ui/segmented.tsx'

const t = workbench.privacy
const order: readonly Threshold[] = ['NONE', 'LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH', 'INTERNAL']

interface PrivacyBlockProps {
  output: readonly OutputColumn[]
  value: PrivacyFilteringBehavior
  onChange: (value: PrivacyFilteringBehavior) => void
}

/** What Amazon does with rows of too few users, and which column of the result is the strictest. */
export const PrivacyBlock = memo(function PrivacyBlock({ output, value, onChange }: PrivacyBlockProps) {
  const strictest = output.toSorted((a, b) => order.indexOf(b.threshold) - order.indexOf(a.threshold))[0]
  return (
    <section aria-label={t.title} className="flex flex-col gap-2 px-3.5 pt-2.5 pb-4">
      <h2 className="text-12">{t.title}</h2>
      <Segmented
        label={t.label}
        value={value}
        onChange={onChange}
        choices={[
          { value: 'REMOVE_VALUES', label: t.REMOVE_VALUES },
          { value: 'REMOVE_ROWS', label: t.REMOVE_ROWS },
        ]}
      />
      <p className="text-12 text-text-2">{t.help[value]}</p>
      {strictest === undefined ? (
        <p className="text-12 text-text-3">{t.nothing}</p>
      ) : (
        <div className="text-12 flex items-center justify-between gap-2">
          <span className="text-text-2">{t.strictest}</span>
          <span className="flex min-w-0 items-center gap-1.5">
            <span className="mono cut">{strictest.name}</span>
            <PrivacyMeter threshold={strictest.threshold} word />
          </span>
        </div>
      )}
    </section>
  )
})
