import { Info, Play } from 'lucide-react'
import { memo } from 'react'
import { workbench } from '#messages/workbench.ts'
import { windowInWords } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import type { RunPhase } from './use-run.ts'
import type { Bench } from './use-workbench.ts'
import { readWindow } from './values/window-choice.ts'

const t = workbench.run

interface RunBarProps extends Pick<
  Bench,
  'blocked' | 'start' | 'check' | 'windowChoice' | 'now' | 'privacy' | 'instance'
> {
  phase: RunPhase
  phone: boolean
}

/** The seam between question and answer: Run, and everything that decides what will be sent. */
export const RunBar = memo(function RunBar(props: RunBarProps) {
  const { phase, blocked, privacy, instance, phone } = props
  const { window } = readWindow(props.windowChoice, props.now)
  const busy = phase !== 'idle'
  const run = (
    // Pressing a blocked Run leads to what blocks it, so it is not inert: it looks blocked and says so.
    <Button
      look={blocked === null ? 'primary' : 'default'}
      size={phone ? 'large' : 'normal'}
      busy={busy}
      aria-describedby="run-blocked"
      onPress={props.start}
    >
      <Play size={14} strokeWidth={1.7} aria-hidden />
      {busy ? workbench.run[phase] : t.run}
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
        className="border-line bg-canvas flex flex-none flex-col gap-1.5 border-t px-3 pt-2 pb-3"
      >
        <div className="text-12 text-text-2 flex justify-between gap-2">
          <span className="cut">{windowWords}</span>
          <span className="flex-none">{t.belowValues[privacy]}</span>
        </div>
        {reason}
        <div className="grid">{run}</div>
      </section>
    )
  return (
    <section
      aria-label={t.bar}
      className="border-line bg-canvas flex min-h-11 flex-none items-center gap-2 border-y px-3"
    >
      {run}
      <Button size="small" look="quiet" busy={busy} onPress={props.check}>
        {t.check}
      </Button>
      {reason}
      <span aria-hidden className="bg-line mx-1 h-[18px] w-px" />
      <Fact label={t.window} value={windowWords} />
      <Fact label={t.below} value={t.belowValues[privacy]} />
      {instance !== null && <Fact label={t.instance} value={instance.name} />}
    </section>
  )
})

/** What the bar shows of the workbench. */
export function runBarProps(bench: Bench): Omit<RunBarProps, 'phone'> {
  const { run, blocked, start, check, windowChoice, now, privacy, instance } = bench
  return { phase: run.phase, blocked, start, check, windowChoice, now, privacy, instance }
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <span className="text-12 flex min-w-0 flex-none flex-col px-2 leading-[15px] whitespace-nowrap">
      <span className="text-11 text-text-3 leading-[13px]">{label}</span>
      <span className="tabular-nums">{value}</span>
    </span>
  )
}
