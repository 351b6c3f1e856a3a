import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { workbench as t } from '#messages/workbench.ts'
import { LinkButton } from '#ui/button.tsx'
import type { Problem } from './editor/language/study.ts'

export const looks = {
  error: { icon: CircleAlert, tone: 'text-bad' },
  warning: { icon: TriangleAlert, tone: 'text-warn' },
  info: { icon: Info, tone: 'text-text-3' },
} as const

interface ProblemRowProps extends Pick<Problem, 'severity' | 'message' | 'code' | 'line' | 'column'> {
  help: string | null
  /** What its best fix does. */
  fix: string | null
  /** Its place in the list. */
  at: number
  onGo: (at: number) => void
  onFix: (at: number) => void
}

/** A row goes to the place of its problem, and mends what can be mended. It has no offsets, so that a key typed above does not change it. */
export const ProblemRow = memo(function ProblemRow(props: ProblemRowProps) {
  const { severity, message, help, code, line, column, fix, at, onGo, onFix } = props
  const { icon: Icon, tone } = looks[severity]
  return (
    <li className="hover:bg-hover text-[0.78125rem] flex flex-col items-start pr-3 pb-1 tablet:min-h-[25px] tablet:flex-row tablet:items-center tablet:gap-1 tablet:pb-0">
      <button
        type="button"
        className="flex min-h-[25px] w-full min-w-0 flex-1 items-start gap-[9px] py-1 pl-3 text-left focus-visible:outline-offset-[-2px] tablet:items-center tablet:py-0"
        onClick={() => onGo(at)}
      >
        <Icon size={14} strokeWidth={1.7} aria-label={severity} className={`mt-0.5 flex-none tablet:mt-0 ${tone}`} />
        <span
          className="min-w-0 flex-1 tablet:truncate"
          title={[message, help].filter((each) => each !== null).join('. ')}
        >
          {message}
          {help !== null && (
            <>
              <span className="sr-only">.</span> <span className="text-text-3">{help}</span>
            </>
          )}
        </span>
        <span className="mono text-text-3 hidden flex-none tablet:inline">{code}</span>
        <span className="text-11 text-text-3 flex-none">{t.position(line, column)}</span>
      </button>
      {fix !== null && (
        <span className="ml-[27px] flex max-w-[calc(100%-27px)] flex-none tablet:ml-0 tablet:max-w-[45%]">
          <LinkButton onPress={() => onFix(at)}>{fix}</LinkButton>
        </span>
      )}
    </li>
  )
})
