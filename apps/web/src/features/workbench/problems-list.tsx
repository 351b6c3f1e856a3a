import { CircleAlert, Info, TriangleAlert, Wrench } from 'lucide-react'
import { memo } from 'react'
import { workbench as t } from '#messages/workbench.ts'
import { Button } from '#ui/button.tsx'
import type { EditorHandle } from './editor/sql-editor.tsx'
import type { Problem } from './editor/language/study.ts'

const looks = {
  error: { icon: CircleAlert, tone: 'text-bad' },
  warning: { icon: TriangleAlert, tone: 'text-warn' },
  info: { icon: Info, tone: 'text-text-3' },
} as const

interface ProblemsListProps {
  problems: readonly Problem[]
  /** False while nothing is known yet. */
  checked: boolean
  /** The text that they speak of. */
  text: string
  editor: Pick<EditorHandle, 'select' | 'apply'>
}

/** What is wrong with the query, in the order of the text; a row goes to its place, and mends what can be mended. */
export const ProblemsList = memo(function ProblemsList({ problems, checked, text, editor }: ProblemsListProps) {
  return (
    <section aria-label={t.problems} className="border-line bg-surface flex max-h-[164px] flex-none flex-col border-t">
      <header className="text-12 flex h-[27px] flex-none items-center gap-3 px-3">
        <h2 className="font-medium">{t.problems}</h2>
        {problems.length === 0 && checked && <span className="text-text-3">{t.noProblems}</span>}
        {(['error', 'warning', 'info'] as const).map((severity) => {
          const count = problems.filter((each) => each.severity === severity).length
          const { icon: Icon, tone } = looks[severity]
          return count === 0 ? null : (
            <span key={severity} className={`flex items-center gap-1 ${tone}`}>
              <Icon size={12} strokeWidth={2} aria-hidden />
              {count}
              <span className="sr-only">{t.problemCounts[severity]}</span>
            </span>
          )
        })}
      </header>
      {problems.length > 0 && (
        <ul className="overflow-auto pb-1">
          {problems.map((problem) => {
            const { icon: Icon, tone } = looks[problem.severity]
            return (
              <li
                key={`${problem.code} ${problem.from} ${problem.to}`}
                className="hover:bg-hover text-[0.78125rem] flex min-h-[25px] items-center gap-1 pr-3"
              >
                <button
                  type="button"
                  className="flex min-h-[25px] min-w-0 flex-1 items-center gap-[9px] pl-3 text-left focus-visible:outline-offset-[-2px]"
                  onClick={() => editor.select(problem.from, problem.to)}
                >
                  <Icon size={14} strokeWidth={1.7} aria-label={problem.severity} className={`flex-none ${tone}`} />
                  <span
                    className="cut min-w-0 flex-1"
                    title={[problem.message, problem.help].filter(Boolean).join('. ')}
                  >
                    {problem.message}
                    {problem.help !== undefined && <span className="text-text-3"> {problem.help}</span>}
                  </span>
                  <span className="mono text-text-3 flex-none">{problem.code}</span>
                  <span className="text-11 text-text-3 flex-none">{t.position(problem.line, problem.column)}</span>
                </button>
                {problem.fixes?.slice(0, 1).map((fix) => (
                  <Button key={fix.title} look="quiet" size="small" onPress={() => editor.apply(fix.edits, text)}>
                    <Wrench size={12} strokeWidth={1.8} aria-hidden />
                    {fix.title}
                  </Button>
                ))}
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
})
