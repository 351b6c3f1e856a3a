import { useQuery } from '@tanstack/react-query'
import { executions as t } from '#messages/executions.ts'
import { useNow } from '#platform/clock.ts'
import { spanInWords } from '#platform/words.ts'
import { executionQueries } from './executions.queries.ts'

/** How open executions are watched: the interval, when AMC last answered, and which of them it says nothing about. */
export function PollingLine() {
  const { data } = useQuery(executionQueries.polling())
  const now = useNow(1000, (data?.openCount ?? 0) > 0)
  if (data === undefined) return null
  const { everySeconds, openCount, silentCount, lastAnswerAt } = data
  const age = lastAnswerAt === null ? null : Math.max(0, now.getTime() - Date.parse(lastAnswerAt))
  return (
    <p className="text-12 text-text-2">
      {t.polling.every(everySeconds)} {openCount === 0 ? t.polling.none : t.polling.open(openCount)}
      {age !== null && openCount > 0 && ` ${t.polling.lastAnswer(spanInWords(age))}`}
      {silentCount > 0 && <span className="text-warn"> {t.polling.silent(silentCount)}</span>}
    </p>
  )
}
