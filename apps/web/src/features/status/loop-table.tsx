import type { AnswerOf, BackgroundLoop, LoopState, getStatus } from '@recomamp/contracts'
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { installation as t } from '#messages/installation.ts'
import { useWidth } from '#platform/width.ts'
import { exactly, spanInWords } from '#platform/words.ts'

type Status = AnswerOf<typeof getStatus>

/** Every background job: whether it comes round, and how its rounds went. */
export function LoopTable({ status, now }: { status: Status; now: Date }) {
  const width = useWidth()
  const phone = width === 'phone'
  const desk = width === 'desk'
  return (
    <table className="rows flush" aria-label={t.loops}>
      <thead>
        <tr>
          <th>{t.columns.job}</th>
          <th className="w-28">{t.columns.state}</th>
          {desk && <th className="w-[104px]">{t.columns.rhythm}</th>}
          {!phone && <th className="w-24">{t.columns.last}</th>}
          {!phone && <th className="num w-[70px]">{t.columns.took}</th>}
          {desk && <th className="w-[114px]">{t.columns.rounds}</th>}
          {!phone && <th className="w-[84px]">{t.columns.now}</th>}
        </tr>
      </thead>
      <tbody>
        {inOrder(status.loops).map((loop) => {
          const name = t.names[loop.name] ?? loop.name
          const took = loop.rounds.at(-1)?.tookMs
          return (
            <tr key={loop.name}>
              <td className="font-medium" title={`${name} (${loop.name})`}>
                {name}
              </td>
              <td>
                <State state={loop.state} />
              </td>
              {desk && <td className="text-text-2">{t.rhythm(loop.everyMs)}</td>}
              {!phone && (
                <td className="text-text-2" title={exactly(loop.lastSignAt)}>
                  {t.ago(spanInWords(now.getTime() - Date.parse(loop.lastSignAt)))}
                </td>
              )}
              {!phone && <td className="num">{took === undefined ? t.none : t.ms(took)}</td>}
              {desk && (
                <td>
                  <Rounds rounds={loop.rounds} />
                </td>
              )}
              {!phone && <td className="text-text-2">{nowOf(loop.name, status)}</td>}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** As the message file lists them: what people wait for comes first. */
function inOrder(loops: readonly BackgroundLoop[]): BackgroundLoop[] {
  const names = Object.keys(t.names)
  const place = ({ name }: BackgroundLoop) => (names.includes(name) ? names.indexOf(name) : names.length)
  return loops.toSorted((a, b) => place(a) - place(b))
}

const tones: Readonly<Record<LoopState, string>> = {
  'on-time': 'text-ok',
  late: 'text-warn',
  failing: 'text-warn',
  overdue: 'text-bad',
}

/** How a loop stands, as shape and word. */
function State({ state }: { state: LoopState }) {
  const Icon = state === 'on-time' ? CircleCheck : state === 'overdue' ? CircleX : TriangleAlert
  return (
    <span className={`font-medium inline-flex items-center gap-1.5 align-middle ${tones[state]}`}>
      <Icon size={14} strokeWidth={1.7} aria-hidden className="flex-none" />
      {t.states[state]}
    </span>
  )
}

/** The rounds as bars by how long they took, a failed one marked and always high. */
function Rounds({ rounds }: { rounds: BackgroundLoop['rounds'] }) {
  const longest = Math.max(...rounds.map(({ tookMs }) => tookMs), 1)
  const failed = rounds.filter((round) => round.failed).length
  const label = t.roundsAre(rounds.length, failed)
  return (
    <svg className="rounds" viewBox="0 0 160 16" role="img" aria-label={label}>
      <title>{label}</title>
      {rounds.map(({ at, tookMs, failed: isFailed }, index) => {
        const height = isFailed ? 16 : 2 + (10 * tookMs) / longest
        return (
          <rect
            key={`${at} ${index}`}
            className={isFailed ? 'failed' : ''}
            x={(40 - rounds.length + index) * 4}
            y={16 - height}
            width={2.5}
            height={height}
          />
        )
      })}
    </svg>
  )
}

/** What there is to do for a job at the moment, where that can be counted. */
function nowOf(name: string, { work }: Status): string {
  switch (name) {
    case 'submit-executions':
      return t.waiting(work.executions.queued)
    case 'poll-executions':
      return t.open(work.executions.atAmc)
    case 'ingest-results':
      return t.waiting(work.executions.fetching)
    case 'make-exports':
      return t.waiting(work.exports)
    case 'deliver-webhooks':
      return t.waiting(work.messages)
    default:
      return ''
  }
}
