import type { OutputColumn, Threshold } from '@recomamp/amc-sql'
import type { PrivacyFilteringBehavior } from '@recomamp/contracts'
import { memo } from 'react'
import { privacyPreview } from '#messages/privacy-preview.ts'
import { workbench } from '#messages/workbench.ts'
import { figure } from '#platform/words.ts'
import { LinkButton } from '#ui/button.tsx'
import { PrivacyMeter } from '#ui/data-marks.tsx'
import { Segmented } from '#ui/segmented.tsx'

const t = workbench.privacy
const order: readonly Threshold[] = ['NONE', 'LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH', 'INTERNAL']

/** The column of a result that the thresholds are hardest on. */
export function strictestOf(output: readonly OutputColumn[]): OutputColumn | undefined {
  return output.toSorted((a, b) => order.indexOf(b.threshold) - order.indexOf(a.threshold))[0]
}

interface PrivacyBlockProps {
  /** The strictest column of the result, where there is one. */
  column: string | undefined
  threshold: Threshold | undefined
  value: PrivacyFilteringBehavior
  onChange: (value: PrivacyFilteringBehavior) => void
  /** What the last preview found. */
  judged: { wholeCount: number; rowCount: number } | null
  onJudge: () => void
}

/** What Amazon does with rows of too few users, and which column of the result is the strictest. */
export const PrivacyBlock = memo(function PrivacyBlock(props: PrivacyBlockProps) {
  const { column, threshold, value, onChange, judged, onJudge } = props
  return (
    <section aria-label={t.title} className="flex flex-col gap-2 px-3.5 pt-2.5 pb-4">
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-12">{t.title}</h2>
        <LinkButton onPress={onJudge}>{privacyPreview.ask}</LinkButton>
      </div>
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
      {column === undefined || threshold === undefined ? (
        <p className="text-12 text-text-3">{t.nothing}</p>
      ) : (
        <div className="text-12 flex items-center justify-between gap-2">
          <span className="text-text-2 whitespace-nowrap">{t.strictest}</span>
          <span className="flex min-w-0 items-center gap-1.5">
            <span className="mono cut">{column}</span>
            <PrivacyMeter threshold={threshold} word />
          </span>
        </div>
      )}
      {judged !== null && (
        <div className="text-12 flex flex-col gap-1">
          <span aria-hidden className="share-bar guard-hatch">
            <i style={{ width: `${judged.rowCount === 0 ? 100 : (judged.wholeCount / judged.rowCount) * 100}%` }} />
          </span>
          {privacyPreview.sum.count(figure(judged.wholeCount), figure(judged.rowCount))} {t.keptWhole}
        </div>
      )}
    </section>
  )
})
