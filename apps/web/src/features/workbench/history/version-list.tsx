import type { UserId, VersionSummary } from '@recomamp/contracts'
import { X } from 'lucide-react'
import { counts } from '#messages/counts.ts'
import { history as t } from '#messages/history.ts'
import { exactly, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { StatusGlyph, StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'

/** A version by its number, or the text that is none yet. */
export type Side = number | 'draft'

interface VersionListProps {
  versions: readonly VersionSummary[]
  /** The version that the draft began from; null without edits. */
  draftOf: number | null
  left: Side
  right: Side
  me: UserId | undefined
  now: Date
  onLeft: (side: Side) => void
  onClose: () => void
  onMore: (() => void) | null
}

/** The history: who saved what and when, what ran on it and how that ended. A press puts a version on the left. */
export function VersionList({ versions, draftOf, left, right, me, now, onLeft, onClose, onMore }: VersionListProps) {
  const place = (side: Side) =>
    side === left ? (
      <span className="tag lined">{t.left}</span>
    ) : side === right ? (
      <span className="tag lined">{t.right}</span>
    ) : null
  return (
    <div className="flex h-full flex-col">
      <div className="border-line-subtle flex h-[38px] flex-none items-center justify-between border-b px-3">
        <h2 className="text-13">{t.title}</h2>
        <Button look="quiet" size="small" square aria-label={t.close} onPress={onClose}>
          <X size={14} strokeWidth={1.7} aria-hidden />
        </Button>
      </div>
      <ol className="min-h-0 flex-1 overflow-auto">
        {draftOf !== null && (
          <li className={`version-row ${right === 'draft' || left === 'draft' ? 'chosen' : ''}`}>
            <span className="text-text-3 pt-1">
              <StatusGlyph glyph="draft" />
            </span>
            <span className="min-w-0 flex-1">
              <span className="font-medium flex justify-between gap-2">
                {t.draft} {place('draft')}
              </span>
              <span className="text-12 text-text-2">{t.draftSince(draftOf)}</span>
            </span>
          </li>
        )}
        {versions.map((each) => (
          <li key={each.version}>
            <button
              type="button"
              aria-pressed={each.version === left}
              className={`version-row ${each.version === left || each.version === right ? 'chosen' : ''}`}
              onClick={() => onLeft(each.version)}
            >
              <span className="mono text-12 text-text-2 w-8 flex-none">{t.version(each.version)}</span>
              <span className="min-w-0 flex-1">
                <span className="flex items-center justify-between gap-2">
                  <span className="cut font-medium" title={each.name}>
                    {each.name}
                  </span>
                  {place(each.version)}
                </span>
                <span className="text-12 text-text-2 block" title={exactly(each.savedAt)}>
                  {each.savedBy.id === me ? t.you : each.savedBy.name}, {when(each.savedAt, now)}
                  {each.restoredFrom !== null && ` · ${t.restoredFrom(each.restoredFrom)}`}
                </span>
                <Runs version={each} />
              </span>
            </button>
          </li>
        ))}
        {onMore !== null && (
          <li className="p-3">
            <Button size="small" onPress={onMore}>
              {t.more}
            </Button>
          </li>
        )}
        <li className="text-12 text-text-2 p-3">{t.hint}</li>
      </ol>
    </div>
  )
}

function Runs({ version: { latestExecution: run, executionCount } }: { version: VersionSummary }) {
  if (run === null) return <span className="text-12 text-text-3">{t.notRun}</span>
  return (
    <span className="text-12 flex min-w-0 items-center gap-1.5" title={run.failure ?? undefined}>
      <StatusMark mark={markOf(run)} />
      <span className="cut text-text-2">
        {run.failure ?? (run.rowCount === null ? '' : counts.rows(run.rowCount))}
        {executionCount > 1 && ` · ${t.runs(executionCount)}`}
      </span>
    </span>
  )
}
