import { type RunOutlook, executeWorkflow } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Braces, Check, Info, Play } from 'lucide-react'
import { memo } from 'react'
import { request as requestWords } from '#messages/request.ts'
import { workbench } from '#messages/workbench.ts'
import { spanInWords, windowInWords } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { RunMenu } from './run-menu.tsx'
import type { RunPhase } from './use-run.ts'
import type { Bench } from './use-workbench.ts'
import { readWindow } from './values/window-choice.ts'
import { workbenchQueries } from './workbench.queries.ts'

const t = workbench.run

interface RunBarProps extends Pick<
  Bench,
  | 'blocked'
  | 'start'
  | 'check'
  | 'tryLocally'
  | 'tryPart'
  | 'judgePrivacy'
  | 'selected'
  | 'windowChoice'
  | 'defaults'
  | 'now'
  | 'privacy'
  | 'instance'
  | 'workflowId'
> {
  phase: RunPhase
  phone: boolean
  /** Shows what will be sent; null where that is on screen. */
  onRequest: (() => void) | null
}

/** The seam between question and answer: Run, and everything that decides what will be sent. */
export const RunBar = memo(function RunBar(props: RunBarProps) {
  const { phase, blocked, privacy, instance, phone, selected, onRequest } = props
  const { window } = readWindow(props.windowChoice, props.now, props.defaults)
  const busy = phase !== 'idle'
  const run = (
    // Pressing a blocked Run leads to what blocks it, so it is not inert: it looks blocked and says so.
    <Button
      look={blocked === null ? 'primary' : 'default'}
      size={phone ? 'large' : 'normal'}
      needs={executeWorkflow}
      busy={busy}
      aria-describedby="run-blocked"
      onPress={props.start}
    >
      <Play size={14} strokeWidth={1.7} aria-hidden />
      {busy ? t.sending : selected ? t.runSelection : t.run}
      {!phone && <span className="kbd">{t.key}</span>}
    </Button>
  )
  const reason = (
    <span id="run-blocked" role="status" className="text-12 text-text-2 flex min-w-0 items-center gap-1.5">
      {blocked !== null && !busy && (
        <>
          <Info size={14} strokeWidth={1.7} aria-hidden className="text-text-3 flex-none" />
          <span className="cut" title={blocked}>
            {blocked}
          </span>
        </>
      )}
    </span>
  )
  const windowWords = window === null ? '–' : `${windowInWords(window)}, ${window.timeZone}`
  if (phone)
    return (
      <section
        aria-label={t.bar}
        className="border-line bg-canvas flex w-full flex-none flex-col gap-1.5 border-t px-3 pt-2 pb-3"
      >
        <div className="text-12 text-text-2 flex justify-between gap-2">
          <span className="cut">{windowWords}</span>
          <span className="flex-none">{t.belowValues[privacy]}</span>
          {instance !== null && <Outlook {...props} instance={instance} short />}
        </div>
        {reason}
        <div className="grid grid-cols-[minmax(0,1fr)_auto_auto] gap-2">
          {run}
          <Button size="large" needs={executeWorkflow} busy={busy} onPress={props.check}>
            <Check size={14} strokeWidth={1.7} aria-hidden />
            {t.checkShort}
          </Button>
          <RunMenu bench={props} large />
        </div>
      </section>
    )
  return (
    <section
      aria-label={t.bar}
      className="border-line bg-canvas flex min-h-11 min-w-0 flex-1 items-center gap-2 border-y px-3"
    >
      <span className="run-split">
        {run}
        <RunMenu bench={props} />
      </span>
      <Button needs={executeWorkflow} busy={busy} onPress={props.check}>
        <Check size={14} strokeWidth={1.7} aria-hidden />
        {t.check}
      </Button>
      {reason}
      <span aria-hidden className="bg-line mx-1 h-[18px] w-px" />
      <div className="flex h-[30px] min-w-0 flex-1 flex-wrap items-center overflow-hidden">
        <Fact label={t.window} value={windowWords} />
        <Fact label={t.below} value={t.belowValues[privacy]} />
        {instance !== null && <Fact label={t.instance} value={instance.name} />}
        {instance !== null && <Outlook {...props} instance={instance} />}
      </div>
      {onRequest !== null && (
        <Button look="quiet" size="small" onPress={onRequest}>
          <Braces size={14} strokeWidth={1.7} aria-hidden />
          {requestWords.see}
        </Button>
      )}
    </section>
  )
})

interface OutlookProps extends Pick<RunBarProps, 'workflowId'> {
  instance: NonNullable<Bench['instance']>
  short?: boolean
}

/** How busy the instance is, and how long the query takes there. */
function Outlook({ workflowId, instance, short }: OutlookProps) {
  const { data } = useQuery(workbenchQueries.outlook(workflowId, instance.id))
  if (data === undefined) return null
  if (short) return <span className="flex-none">{t.busyShort(data.busy, data.slots)}</span>
  return (
    <>
      <Fact label={t.busy} value={t.busyValue(data.busy, data.slots, data.waiting)} />
      {data.usualSeconds !== null && <Fact label={durationLabel(data)} value={spanInWords(data.usualSeconds * 1000)} />}
    </>
  )
}

function durationLabel({ runs }: RunOutlook): string {
  return runs === 1 ? t.lastTook : t.usuallyTakes
}

/** What the bar shows of the workbench. */
export function runBarProps(bench: Bench): Omit<RunBarProps, 'phone' | 'onRequest'> {
  const {
    run,
    blocked,
    start,
    check,
    tryLocally,
    tryPart,
    judgePrivacy,
    selected,
    windowChoice,
    defaults,
    now,
    privacy,
  } = bench
  const { instance, workflowId } = bench
  const acts = { start, check, tryLocally, tryPart, judgePrivacy }
  return { phase: run.phase, blocked, ...acts, selected, windowChoice, defaults, now, privacy, instance, workflowId }
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <span className="text-12 flex min-w-0 flex-none flex-col px-2 leading-[15px] whitespace-nowrap">
      <span className="text-11 text-text-3 leading-[13px]">{label}</span>
      <span className="tabular-nums">{value}</span>
    </span>
  )
}
