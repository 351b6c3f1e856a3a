import type { ExecutionSummary } from '@recomamp/contracts'
import { useEffect, useRef, useState } from 'react'
import { counts } from '#messages/counts.ts'
import { executions as t } from '#messages/executions.ts'
import { markOf } from '#ui/status-words.ts'

/** In words what has changed in a list since it was last looked at; null where nothing did. */
export function changeInWords(before: ReadonlyMap<string, string>, items: readonly ExecutionSummary[]): string | null {
  const changed = items.filter((each) => before.get(each.id) !== undefined && before.get(each.id) !== wordOf(each))
  const [first] = changed
  if (first === undefined) return null
  if (changed.length > 1) return t.changedMany(changed.length)
  const rows = first.status === 'completed' && first.rowCount !== null ? counts.rows(first.rowCount) : null
  return t.changed(first.workflow.name, wordOf(first), rows)
}

/** What to tell a person who does not see the list: one sentence for each change of a state, none for a tick of a clock. */
export function useChangeWords(items: readonly ExecutionSummary[]): string {
  const seen = useRef<ReadonlyMap<string, string>>(new Map())
  const [words, setWords] = useState('')
  useEffect(() => {
    const told = changeInWords(seen.current, items)
    seen.current = new Map(items.map((each) => [each.id, wordOf(each)]))
    if (told !== null) setWords(told)
  }, [items])
  return words
}

function wordOf(execution: ExecutionSummary): string {
  return markOf(execution).word
}
