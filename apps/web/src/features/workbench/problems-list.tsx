import { memo, useCallback, useLayoutEffect, useRef } from 'react'
import { workbench as t } from '#messages/workbench.ts'
import type { Problem } from './editor/language/study.ts'
import type { EditorHandle } from './editor/sql-editor.tsx'
import { looks, ProblemRow } from './problem-row.tsx'

interface ProblemsListProps {
  problems: readonly Problem[]
  /** False while nothing is known yet. */
  checked: boolean
  /** The text that they speak of. */
  text: string
  editor: Pick<EditorHandle, 'select' | 'apply'>
}

/** What is wrong with the query, in the order of the text. */
export const ProblemsList = memo(function ProblemsList({ problems, checked, text, editor }: ProblemsListProps) {
  const latest = useRef({ problems, text })
  useLayoutEffect(() => {
    latest.current = { problems, text }
  })
  const go = useCallback(
    (at: number) => {
      const problem = latest.current.problems[at]
      if (problem !== undefined) editor.select(problem.from, problem.to)
    },
    [editor],
  )
  const mend = useCallback(
    (at: number) => editor.apply(latest.current.problems[at]?.fixes?.[0]?.edits ?? [], latest.current.text),
    [editor],
  )
  return (
    <section
      aria-label={t.problems}
      className="border-line bg-surface flex max-h-[164px] flex-none flex-col border-t [contain:content]"
    >
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
          {problems.map(({ severity, message, help = null, code, line, column, fixes }, at) => (
            <ProblemRow
              key={`${code} ${line}:${column} ${message}`}
              {...{ severity, message, help, code, line, column, at }}
              fix={fixes?.[0]?.title ?? null}
              onGo={go}
              onFix={mend}
            />
          ))}
        </ul>
      )}
    </section>
  )
})
