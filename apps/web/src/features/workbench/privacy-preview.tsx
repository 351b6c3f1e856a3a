import type { PrivacyFilteringBehavior, PrivacyPreview, TimeWindow } from '@recomamp/contracts'
import { RotateCw, Shield, X } from 'lucide-react'
import { useState } from 'react'
import { counts } from '#messages/counts.ts'
import { privacyPreview as t } from '#messages/privacy-preview.ts'
import { results } from '#messages/results.ts'
import { workbench } from '#messages/workbench.ts'
import { figure, spanInWords } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { PrivacyMeter, TypeChip } from '#ui/data-marks.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { Skeleton } from '#ui/skeleton.tsx'

interface PrivacyPreviewPaneProps {
  /** Null while it runs, and where it failed. */
  preview: PrivacyPreview | null
  problem: unknown
  behaviour: PrivacyFilteringBehavior
  onBehaviour: (behaviour: PrivacyFilteringBehavior) => void
  onAgain: () => void
  onClose: () => void
  /** Takes a coarser grouping over into the query, or a longer window. */
  onTry: (grouping: { sqlQuery: string; window: TimeWindow | null }) => void
}

/** What the thresholds would do to the query, told on synthetic data: how much is lost, by which column, and what would keep more. */
export function PrivacyPreviewPane(props: PrivacyPreviewPaneProps) {
  const { preview, problem, behaviour, onBehaviour, onAgain, onClose } = props
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-[34px] flex-none flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1">
        <h2 className="text-12 flex items-center gap-1.5">
          <Shield size={14} strokeWidth={1.7} aria-hidden className="text-guard" />
          {t.title}
        </h2>
        <span className="tag dotted">{t.synthetic}</span>
        <span role="status" className="text-12 text-text-3">
          {preview === null ? (problem === null ? t.running : '') : `${t.took(spanOf(preview.tookMs))}; ${t.note}`}
        </span>
        <div className="flex-1" />
        <Segmented
          label={t.behaviour}
          value={behaviour}
          onChange={onBehaviour}
          choices={[
            { value: 'REMOVE_VALUES', label: workbench.privacy.REMOVE_VALUES },
            { value: 'REMOVE_ROWS', label: workbench.privacy.REMOVE_ROWS },
          ]}
        />
        <Button look="quiet" size="small" onPress={onAgain}>
          <RotateCw size={14} strokeWidth={1.7} aria-hidden />
          {t.again}
        </Button>
        <Button look="quiet" size="small" square aria-label={t.close} onPress={onClose}>
          <X size={14} strokeWidth={1.7} aria-hidden />
        </Button>
      </div>
      <div className="border-line-subtle flex min-h-0 flex-1 flex-col overflow-auto border-t">
        {problem !== null && <ErrorPanel error={problem} onRetry={onAgain} />}
        {preview === null && problem === null && <Skeleton label={t.running} rows={4} />}
        {preview !== null && <Shown {...props} preview={preview} />}
      </div>
    </div>
  )
}

function spanOf(ms: number): string {
  return ms < 9500 ? `${(ms / 1000).toFixed(1)} s` : spanInWords(ms)
}

function Shown(props: PrivacyPreviewPaneProps & { preview: PrivacyPreview }) {
  return (
    <>
      <div className="privacy-sums">
        <InSum {...props} />
        <Causes {...props} />
        <Groupings {...props} />
      </div>
      <Rows {...props} />
    </>
  )
}

type PartProps = PrivacyPreviewPaneProps & { preview: PrivacyPreview }

function InSum({ preview, behaviour }: PartProps) {
  const { rowCount, wholeCount, mergedCount, metrics } = preview
  const lost = rowCount - wholeCount
  const lostWords = counts.rows(lost)
  return (
    <section aria-label={t.sum.title}>
      <header>
        <h3>{t.sum.title}</h3>
        <span>{t.sum.count(figure(wholeCount), figure(rowCount))}</span>
      </header>
      <ul>
        <Share name={t.sum.rows} share={rowCount === 0 ? 1 : wholeCount / rowCount} strong />
        {metrics.slice(0, 6).map(({ name, keptShare }) => (
          <Share key={name} name={name} share={keptShare} />
        ))}
      </ul>
      <p>
        {lost === 0
          ? t.sum.all
          : behaviour === 'REMOVE_VALUES'
            ? t.sum.values(lostWords, figure(mergedCount))
            : t.sum.removed(lostWords)}
      </p>
    </section>
  )
}

function Share({ name, share, strong }: { name: string; share: number; strong?: boolean }) {
  return (
    <li>
      <span className={`mono cut ${strong ? 'font-strong' : ''}`} title={name}>
        {name}
      </span>
      <ShareBar share={share} />
      <span className="num">{percent(share)}</span>
    </li>
  )
}

function ShareBar({ share }: { share: number }) {
  return (
    <span aria-hidden className="share-bar guard-hatch">
      <i style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
    </span>
  )
}

function percent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`
}

function Causes({ preview }: PartProps) {
  const { causes, rowCount } = preview
  return (
    <section aria-label={t.cause.title}>
      <header>
        <h3>{t.cause.title}</h3>
        <span>{t.cause.rows}</span>
      </header>
      {causes.length === 0 && <p>{t.cause.none}</p>}
      <ul className="causes">
        {causes.map(({ name, dataType, columnType, threshold, usersNeeded, blankedRows }, at) => (
          <li key={name} className={at === 0 && blankedRows > 0 ? 'worst' : ''}>
            <TypeChip type={dataType} metric={columnType === 'METRIC'} />
            <span className="mono cut" title={name}>
              {name}
            </span>
            <PrivacyMeter threshold={threshold} word />
            <span>{t.cause.users(usersNeeded)}</span>
            <span className="num">{counts.rows(blankedRows)}</span>
            <span className="num">{percent(rowCount === 0 ? 0 : blankedRows / rowCount)}</span>
          </li>
        ))}
      </ul>
      {causes.length > 0 && <p>{t.cause.rule}</p>}
    </section>
  )
}

function Groupings({ preview, onTry }: PartProps) {
  const { groupings, rowCount, wholeCount, metrics } = preview
  const metric = metrics[0]
  return (
    <section aria-label={t.coarser.title} className="min-w-0">
      <table className="groupings">
        <thead>
          <tr>
            <th scope="col">{t.coarser.title}</th>
            <th scope="col" className="num">
              {t.coarser.rows}
            </th>
            <th scope="col" colSpan={2}>
              {t.coarser.kept}
            </th>
            {metric !== undefined && (
              <th scope="col" className="num mono cut max-w-[110px]" title={metric.name}>
                {metric.name}
              </th>
            )}
            <th>
              <span className="sr-only">{t.coarser.try}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr className="text-text-2">
            <td>{t.coarser.asItIs}</td>
            <td className="num">{figure(rowCount)}</td>
            <td>
              <ShareBar share={rowCount === 0 ? 1 : wholeCount / rowCount} />
            </td>
            <td className="num">{percent(rowCount === 0 ? 1 : wholeCount / rowCount)}</td>
            {metric !== undefined && <td className="num">{percent(metric.keptShare)}</td>}
            <td aria-label={t.coarser.nothingToTry} />
          </tr>
          {groupings.map((grouping, at) => (
            <tr key={nameOf(grouping)} className={at === 0 ? 'best' : ''}>
              <td className="cut max-w-[190px]" title={nameOf(grouping)}>
                {nameOf(grouping)}
              </td>
              <td className="num">{figure(grouping.rowCount)}</td>
              <td>
                <ShareBar share={grouping.wholeShare} />
              </td>
              <td className="num">{percent(grouping.wholeShare)}</td>
              {metric !== undefined && (
                <td className="num">{grouping.metricShare === null ? '–' : percent(grouping.metricShare)}</td>
              )}
              <td>
                <Button
                  look="quiet"
                  size="small"
                  aria-label={t.coarser.tryNamed(nameOf(grouping))}
                  onPress={() => onTry(grouping)}
                >
                  {t.coarser.try}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {groupings.length === 0 && wholeCount < rowCount && <p>{t.coarser.none}</p>}
    </section>
  )
}

function nameOf({ kind, column, instead, window }: PrivacyPreview['groupings'][number]): string {
  if (kind === 'without') return t.coarser.without(column ?? '').join('')
  if (kind === 'instead') return t.coarser.instead(instead ?? '').join('')
  const days = window === null ? 0 : (Date.parse(`${window.end}Z`) - Date.parse(`${window.start}Z`)) / 86_400_000
  return t.coarser.longer(Math.round(days))
}

function Rows({ preview, behaviour }: PartProps) {
  const [shown, setShown] = useState<'filtered' | 'whole'>(preview.filtered.length > 0 ? 'filtered' : 'whole')
  const rows = preview[shown]
  return (
    <section aria-label={t.rows.title}>
      <div className="flex flex-wrap items-center gap-3 px-3 py-1.5">
        <h3 className="text-12">{t.rows.title}</h3>
        <Segmented
          label={t.rows.which}
          value={shown}
          onChange={setShown}
          choices={[
            { value: 'filtered', label: t.rows.filtered },
            { value: 'whole', label: t.rows.whole },
          ]}
        />
        <span className="text-12 text-text-3">{rows.length === 0 ? t.rows.none : t.rows.first(rows.length)}</span>
      </div>
      {rows.length > 0 && (
        <table className="judged-rows">
          <thead>
            <tr>
              {preview.columns.map(({ name, columnType }) => (
                <th key={name} scope="col" className={`mono ${columnType === 'METRIC' ? 'num' : ''}`}>
                  {name}
                </th>
              ))}
              <th scope="col">{t.rows.what}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- the rows of a preview never change their place
              <tr key={at}>
                {preview.columns.map(({ name, columnType }, column) =>
                  row.blanked.includes(name) ? (
                    <td key={name} className="guard-hatch filtered">
                      {behaviour === 'REMOVE_VALUES' ? results.filtered : ''}
                    </td>
                  ) : (
                    <td key={name} className={columnType === 'METRIC' ? 'num' : ''}>
                      {row.cells[column]}
                    </td>
                  ),
                )}
                <td className={row.blanked.length > 0 ? 'text-guard' : 'text-text-2'}>
                  {whatHappens(row, preview.usersNeeded, behaviour)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function whatHappens(
  { rows, users, blanked }: PrivacyPreview['filtered'][number],
  needed: number,
  behaviour: PrivacyFilteringBehavior,
): string {
  if (blanked.length === 0) return t.rows.keptWhole
  if (behaviour === 'REMOVE_ROWS') return `${counts.rows(rows)} ${t.rows.removed}; ${t.rows.alone(users, needed)}`
  return rows === 1 ? t.rows.alone(users, needed) : t.rows.merged(counts.rows(rows), users, needed)
}
