import type { Instance } from '@recomamp/contracts'
import { Link, useNavigate } from '@tanstack/react-router'
import { Check, GitCompare, SquareTerminal } from 'lucide-react'
import { instances as t } from '#messages/instances.ts'
import { useNow } from '#platform/clock.ts'
import { useWidth } from '#platform/width.ts'
import { dayInWords, exactly, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { settledTo } from '#ui/day-strip.tsx'
import { StatusGlyph } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'
import { useChosenInstance } from './chosen-instance.tsx'

/** Instances as rows of a table; a row opens the page of its instance. */
export function InstanceRows({ items }: { items: readonly Instance[] }) {
  const wide = useWidth() === 'desk'
  const now = useNow(60_000)
  return (
    <div className="overflow-x-auto">
      <table className={`rows ${wide ? 'min-w-[1180px]' : ''}`}>
        <colgroup>
          <col />
          <col style={{ width: '138px' }} />
          {wide && <col style={{ width: '192px' }} />}
          {wide && <col style={{ width: '150px' }} />}
          <col style={{ width: '98px' }} />
          {wide && <col style={{ width: '82px' }} />}
          <col style={{ width: '62px' }} />
          <col style={{ width: '120px' }} />
          {wide && <col style={{ width: '88px' }} />}
          <col style={{ width: '64px' }} />
        </colgroup>
        <thead>
          <tr>
            <th>{t.columns.name}</th>
            <th>{t.columns.amcId}</th>
            {wide && <th>{t.columns.entity}</th>}
            {wide && <th>{t.columns.marketplace}</th>}
            <th>{t.columns.type}</th>
            {wide && <th className="num">{t.columns.settledTo}</th>}
            <th className="num">{t.columns.tables}</th>
            <th>{t.columns.changed}</th>
            {wide && <th>{t.columns.lastRun}</th>}
            <th>{t.columns.actions}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <tr key={each.id} className="opens">
              <td title={each.name}>
                <InstanceLink instance={each} />
                {!each.available && <span className="tag warn ml-2">{t.gone}</span>}
              </td>
              <td>
                <WithCopy text={each.amcInstanceId} label={t.copyAmcId(each.name)} />
              </td>
              <td>
                <WithCopy text={each.account.entityId} label={t.copyEntity(each.name)} />
              </td>
              <td title={each.account.marketplaceId}>
                {each.account.countryCode} <span className="mono text-text-3">{each.account.marketplaceId}</span>
              </td>
              <td>
                <InstanceTypeTag type={each.type} />
              </td>
              {wide && <td className="num">{dayInWords(settledTo(each.defaults, now))}</td>}
              <td className="num">{each.tables?.count ?? '–'}</td>
              <td>
                <ChangeMark instance={each} now={now} />
              </td>
              {wide && (
                <td>
                  <LastRun instance={each} now={now} />
                </td>
              )}
              <td title={t.openIn(each.name)}>
                <OpenButton instance={each} isShort />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Instances as cards, for narrow screens: ids first. */
export function InstanceCards({ items }: { items: readonly Instance[] }) {
  const now = useNow(60_000)
  return (
    <ul>
      {items.map((each) => (
        <li key={each.id} className="border-line-subtle flex flex-col gap-2 border-b px-4 py-3">
          <div className="flex items-center justify-between gap-2">
            <InstanceLink instance={each} />
            <InstanceTypeTag type={each.type} />
          </div>
          <dl className="text-12 grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3">
            <dt className="text-text-3">{t.columns.amcId}</dt>
            <dd>
              <WithCopy text={each.amcInstanceId} label={t.copyAmcId(each.name)} />
            </dd>
            <dt className="text-text-3">{t.columns.entity}</dt>
            <dd>
              <WithCopy text={each.account.entityId} label={t.copyEntity(each.name)} />
            </dd>
            <dt className="text-text-3">{t.columns.marketplace}</dt>
            <dd>
              {each.account.countryCode} <span className="mono text-text-3">{each.account.marketplaceId}</span>
            </dd>
            <dt className="text-text-3">{t.columns.changed}</dt>
            <dd>
              <ChangeMark instance={each} now={now} />
            </dd>
          </dl>
          <span className="-ml-2">
            <OpenButton instance={each} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function InstanceLink({ instance: { id, name } }: { instance: Instance }) {
  return (
    <Link to="/instances/$instanceId" params={{ instanceId: id }} search={{}} className="font-medium text-text">
      {name}
    </Link>
  )
}

function WithCopy({ text, label }: { text: string; label: string }) {
  return (
    <span className="flex items-center gap-0.5">
      <span className="mono cut" title={text}>
        {text}
      </span>
      <CopyButton text={text} label={label} />
    </span>
  )
}

function InstanceTypeTag({ type }: { type: Instance['type'] }) {
  return <span className={`tag ${type === 'SANDBOX' ? 'lined' : ''}`}>{type}</span>
}

/** How long a change of the tables is news. */
const newsMs = 14 * 86_400_000

function ChangeMark({ instance: { tables }, now }: { instance: Instance; now: Date }) {
  if (tables === null) return <span className="text-text-3">{t.notRead}</span>
  const { lastChange } = tables
  if (lastChange === null || now.getTime() - Date.parse(lastChange.at) > newsMs)
    return (
      <span className="text-text-2 inline-flex items-center gap-1.5" title={exactly(tables.readAt)}>
        <Check size={12} strokeWidth={2} aria-hidden />
        {t.unchanged}
      </span>
    )
  const { added, removed, changed } = lastChange
  return (
    <span className="text-warn font-medium inline-flex items-center gap-1.5" title={exactly(lastChange.at)}>
      <GitCompare size={12} strokeWidth={2} aria-hidden />
      {removed > 0 ? t.tablesGone(removed) : changed > 0 ? t.tablesChanged(changed) : t.tablesMore(added)}
    </span>
  )
}

function LastRun({ instance: { lastRun }, now }: { instance: Instance; now: Date }) {
  if (lastRun === null) return <span className="text-text-3">{t.never}</span>
  const mark = markOf({ status: lastRun.status, amcStatus: null })
  return (
    <span className="inline-flex items-center gap-1.5" title={`${mark.word}, ${exactly(lastRun.at)}`}>
      <span className={`status ${mark.tone}`}>
        <StatusGlyph glyph={mark.glyph} />
      </span>
      <span className="sr-only">{mark.word}</span>
      {when(lastRun.at, now)}
    </span>
  )
}

function OpenButton({ instance, isShort = false }: { instance: Instance; isShort?: boolean }) {
  const { choose } = useChosenInstance()
  const navigate = useNavigate()
  return (
    <Button
      size="small"
      look="quiet"
      square={isShort}
      aria-label={t.openIn(instance.name)}
      onPress={() => {
        choose(instance.id)
        void navigate({ to: '/workbench', search: { i: instance.id } })
      }}
    >
      <SquareTerminal size={14} strokeWidth={1.7} aria-hidden />
      {!isShort && t.openInShort}
    </Button>
  )
}
