import type { DataSourceDetail } from '@recomamp/contracts'
import { memo } from 'react'
import { dataSource } from '#messages/data-source.ts'
import { dataSources } from '#messages/data-sources.ts'
import { figure } from '#platform/words.ts'
import { CutMiddle } from '#ui/data-marks.tsx'
import { PrivacyBar, presentClasses } from '#ui/privacy-bar.tsx'
import { FieldLink } from './field-link.tsx'
import { Fact } from '#ui/fact.tsx'

const t = dataSource.overview
const facts = dataSource.facts

/** What the rows are and how many fields of which kind they have, in one strip. */
export const FactsStrip = memo(function FactsStrip({ source }: { source: DataSourceDetail }) {
  const { counts } = source
  const classes = presentClasses(counts.thresholds)
  return (
    <dl className="source-facts">
      <Fact name={facts.fields}>
        <strong>{figure(counts.fields)}</strong>{' '}
        <span className="text-text-2">{facts.kinds(counts.dimensions, counts.metrics)}</span>
      </Fact>
      <Fact name={facts.rowIs}>{source.rowIs ?? facts.unknown}</Fact>
      <Fact name={facts.window}>
        {source.timeColumn === null ? dataSources.window(source.kind) : <FieldLink field={source.timeColumn} />}
      </Fact>
      <Fact name={facts.audience}>
        {source.audienceVariant === null ? (
          dataSources.noAudience
        ) : (
          <span className="mono block max-w-[200px]">
            <CutMiddle text={source.audienceVariant} />
          </span>
        )}
      </Fact>
      {counts.fields > 0 && (
        <Fact name={facts.classes}>
          <span className="flex flex-col gap-1">
            {classes.length === 0 ? facts.unknown : <PrivacyBar thresholds={counts.thresholds} wide />}
            <span className="text-11 flex flex-wrap gap-x-2.5">
              {classes.map(({ name, count }) => (
                <span key={name}>
                  {name} {count}
                </span>
              ))}
            </span>
          </span>
        </Fact>
      )}
    </dl>
  )
})

/** When to use a source and when not, and which fields to know first. */
export const Overview = memo(function Overview({ source }: { source: DataSourceDetail }) {
  return (
    <>
      <div className="grid gap-x-8 gap-y-4 tablet:grid-cols-2">
        <Points title={t.goodFor} items={source.useFor} />
        <Points title={t.notFor} items={source.notFor} />
      </div>
      {source.keyFields.length > 0 && (
        <dl className="field-facts mt-4">
          <Fact name={t.keyFields}>
            {source.keyFields.map((field, at) => (
              <span key={field}>
                {at > 0 && ', '}
                <FieldLink field={field} />
              </span>
            ))}
          </Fact>
        </dl>
      )}
    </>
  )
})

/** How the window of a run treats the rows, how far back they go, and where the table is to be had. */
export const WindowAndHistory = memo(function WindowAndHistory({ source }: { source: DataSourceDetail }) {
  return (
    <dl className="field-facts">
      <Fact name={t.window}>
        {source.timeColumn !== null
          ? t.windowOf(source.timeColumn)
          : source.kind === 'dimension'
            ? t.ignoresWindow
            : dataSources.unknownWindow}
      </Fact>
      {source.availability !== null && <Fact name={t.availability}>{source.availability}</Fact>}
      {source.lookbackNote !== null && <Fact name={t.history}>{source.lookbackNote}</Fact>}
      <Fact name={t.audience}>
        {source.audienceVariant === null ? (
          t.noAudience
        ) : (
          <>
            {t.audienceOf}
            <span className="mono">{source.audienceVariant}</span>.
          </>
        )}
      </Fact>
      {source.notes !== null && <Fact name={t.notes}>{source.notes}</Fact>}
      {source.tags.length > 0 && <Fact name={t.tags}>{source.tags.join(', ')}</Fact>}
    </dl>
  )
})

function Points({ title, items }: { title: string; items: readonly string[] }) {
  // Of an upload nobody has written anything down.
  if (items.length === 0) return null
  return (
    <div>
      <h3 className="text-12 text-text-2 mb-1">{title}</h3>
      <ul className="flex list-disc flex-col gap-1 pl-4">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  )
}
