import type { ExecutionId, ExecutionSummary } from '@recomamp/contracts'
import { Link, useNavigate } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { executions as t } from '#messages/executions.ts'
import { useNow } from '#platform/clock.ts'
import { useSession } from '#platform/session.tsx'
import { useWidth } from '#platform/width.ts'
import { exactly, when, windowInWords } from '#platform/words.ts'
import { StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'
import { goesOn, Outcome, outcomeInWords, took } from './outcome.tsx'

interface ExecutionRowsProps {
  items: readonly ExecutionSummary[]
  total: number
  /** They stay selected when another filter hides them. */
  selected: readonly ExecutionSummary[]
  onSelect: (selected: readonly ExecutionSummary[]) => void
  onCompare: () => void
}

/** The dense list: arrows move, Enter opens, Space selects, C compares two, Escape clears the selection. */
export function ExecutionRows({ items, total, selected, onSelect, onCompare }: ExecutionRowsProps) {
  const id = useId()
  const navigate = useNavigate()
  const wide = useWidth() === 'desk'
  const { user } = useSession()
  const now = useNow(1000, goesOn(items))
  const [current, setCurrent] = useState<ExecutionId | null>(null)
  const at = items.findIndex((each) => each.id === current)
  const open = (executionId: ExecutionId) =>
    void navigate({ to: '/executions/$executionId', params: { executionId }, search: {} })
  const isIn = (one: ExecutionSummary) => selected.some(({ id }) => id === one.id)
  const toggle = (one: ExecutionSummary) =>
    onSelect(isIn(one) ? selected.filter((each) => each.id !== one.id) : [...selected, one])
  useEffect(() => {
    if (current !== null) document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, current])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return
    const act = actions[event.key]
    const next = nextRow(event.key, at, items.length)
    if (act !== undefined) act()
    else if (next !== null) setCurrent(items[next]?.id ?? null)
    else return
    event.preventDefault()
  }
  const actions: Partial<Record<string, () => void>> = {
    Enter: () => current !== null && open(current),
    ' ': () => {
      const one = items[at]
      if (one !== undefined) toggle(one)
    },
    c: onCompare,
    Escape: () => onSelect([]),
  }
  return (
    <table
      className="rows executions"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table that keys move through
      role="grid"
      aria-label={t.title}
      aria-rowcount={total + 1}
      aria-multiselectable
      tabIndex={0}
      aria-activedescendant={at === -1 ? undefined : `${id}-${current}`}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && at === -1) setCurrent(items[0]?.id ?? null)
      }}
    >
      <colgroup>
        <col style={{ width: wide ? '44px' : '36px' }} />
        <col style={{ width: wide ? '132px' : '110px' }} />
        <col />
        <col style={{ width: wide ? '212px' : '132px' }} />
        {wide && <col style={{ width: '136px' }} />}
        {wide && <col style={{ width: '92px' }} />}
        <col style={{ width: wide ? '96px' : '74px' }} />
        <col style={{ width: wide ? '82px' : '76px' }} />
        <col style={{ width: wide ? '208px' : '132px' }} />
      </colgroup>
      <thead>
        <tr>
          <th>
            <span className="sr-only">{t.columns.select}</span>
          </th>
          <th>{t.columns.state}</th>
          <th>{t.columns.query}</th>
          <th>{t.columns.instance}</th>
          {wide && <th>{t.columns.window}</th>}
          {wide && <th>{t.columns.by}</th>}
          <th className="num">{t.columns.started}</th>
          <th className="num">{t.columns.took}</th>
          <th>{t.columns.outcome}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((each, index) => {
          const isSelected = isIn(each)
          return (
            // The table has the focus and the keys; its rows are pointed at by aria-activedescendant.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <tr
              key={each.id}
              id={`${id}-${each.id}`}
              aria-rowindex={index + 2}
              aria-selected={isSelected}
              className={`opens ${isSelected ? 'selected' : ''} ${each.id === current ? 'current' : ''}`}
              onClick={(event) => {
                if (event.target instanceof Element && event.target.closest('a, button') === null) open(each.id)
              }}
            >
              <td>
                <button
                  type="button"
                  tabIndex={-1}
                  aria-label={t.selectOne(each.workflow.name)}
                  aria-pressed={isSelected}
                  className="grid size-6 place-items-center"
                  onClick={() => toggle(each)}
                >
                  <span className={`check ${isSelected ? 'on' : ''}`}>
                    {isSelected && <Check size={11} strokeWidth={2.5} aria-hidden />}
                  </span>
                </button>
              </td>
              <td title={markOf(each).word}>
                <StatusMark mark={markOf(each)} />
              </td>
              <td title={each.workflow.name}>
                <ExecutionLink execution={each} tabIndex={-1} /> <span className="text-text-3">{t.version(each)}</span>
                {each.dryRun && <span className="text-text-3"> · {t.check.tag}</span>}
              </td>
              <td title={`${each.instance.name} ${each.instance.amcInstanceId}`}>
                <span className="text-text-2">{each.instance.name}</span>{' '}
                {wide && <span className="mono text-text-3">{each.instance.amcInstanceId}</span>}
              </td>
              {wide && (
                <td className="text-text-2" title={`${windowInWords(each.window)}, ${each.window.timeZone}`}>
                  {windowInWords(each.window)}
                </td>
              )}
              {wide && (
                <td className="text-text-2" title={each.requestedBy.name ?? ''}>
                  {each.requestedBy.id === user?.id ? t.you : each.requestedBy.name}
                </td>
              )}
              <td className="num text-text-2" title={exactly(each.requestedAt)}>
                {when(each.requestedAt, now)}
              </td>
              <td className="num">{took(each, now)}</td>
              <td title={each.failure?.message ?? outcomeInWords(each)}>
                <Outcome execution={each} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function nextRow(key: string, at: number, count: number): number | null {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }
  if (count === 0) return null
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = steps[key]
  return step === undefined ? null : Math.max(0, Math.min(count - 1, at + step))
}

/** The list on a phone: two lines for each, the name opens it. */
export function TwoLineRows({ items }: { items: readonly ExecutionSummary[] }) {
  const now = useNow(1000, goesOn(items))
  return (
    <ul>
      {items.map((each) => (
        <li key={each.id} className="border-line-subtle flex min-h-[56px] flex-col gap-1 border-b px-4 py-2.5">
          <div className="flex items-center justify-between gap-3">
            <span className="cut" title={each.workflow.name}>
              <ExecutionLink execution={each} /> <span className="text-text-3">{t.version(each)}</span>
            </span>
            <StatusMark mark={markOf(each)} />
          </div>
          <div className="text-12 text-text-2 flex justify-between gap-3">
            <span className="cut min-w-[72px] flex-1" title={`${each.instance.name}, ${windowInWords(each.window)}`}>
              {each.instance.name}
            </span>
            <span className="cut max-w-[72%] flex-none" title={outcomeInWords(each)}>
              {when(each.requestedAt, now)}, {took(each, now)} · <Outcome execution={each} />
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}

function ExecutionLink({ execution, tabIndex }: { execution: ExecutionSummary; tabIndex?: number }) {
  return (
    <Link
      to="/executions/$executionId"
      params={{ executionId: execution.id }}
      search={{}}
      className="font-medium text-text"
      tabIndex={tabIndex}
    >
      {execution.workflow.name}
    </Link>
  )
}
