import { memo, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { workbench as t } from '#messages/workbench.ts'
import type { Problem } from './editor/language/study.ts'
import type { EditorHandle } from './editor/sql-editor.tsx'
import { looks, ProblemRow } from './problem-row.tsx'

interface ProblemsListProps {
  problems: readonly Problem[]
  /** The text that they speak of. */
  text: string
  editor: Pick<EditorHandle, 'select' | 'apply'>
}

/** Rows that are there before anybody scrolls, some more than fit, and how many come with each nearing of their end. */
const firstRows = 8
const furtherRows = 30

/** What is wrong with the query, in the order of the text. Rows that nobody looks at are not there: the browser pays for each at each key. */
export const ProblemsList = memo(function ProblemsList({ problems, text, editor }: ProblemsListProps) {
  const [rows, setRows] = useState(firstRows)
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
  if (problems.length === 0) return null
  return (
    <ul
      className="overflow-auto pb-1"
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        if (scrollTop + 2 * clientHeight > scrollHeight && rows < problems.length) setRows(rows + furtherRows)
      }}
    >
      {problems.slice(0, rows).map(({ severity, message, help = null, code, line, column, fixes }, at) => (
        <ProblemRow
          key={`${code} ${line}:${column} ${message}`}
          {...{ severity, message, help, code, line, column, at }}
          fix={fixes?.[0]?.title ?? null}
          onGo={go}
          onFix={mend}
        />
      ))}
    </ul>
  )
})

interface ProblemCountsProps {
  problems: readonly Problem[]
  /** False while nothing is known yet. */
  checked: boolean
}

/** How many problems there are of each kind. */
export const ProblemCounts = memo(function ProblemCounts({ problems, checked }: ProblemCountsProps) {
  return (
    <>
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
    </>
  )
})
