import type { Execution } from '@recomamp/contracts'
import { executions as t } from '#messages/executions.ts'
import { windowInWords } from '#platform/words.ts'
import { valueInWords } from './value-words.ts'
import { windowState } from './window-state.ts'

/** Explains a result without rows: the window, the values, and what privacy may have done. */
export function EmptyResult({ execution }: { execution: Execution }) {
  const values = Object.entries(execution.values)
  const { window } = execution
  return (
    <div className="flex max-w-[72ch] flex-col gap-1.5 px-6 py-5">
      <h2>{t.emptyResult.title}</h2>
      <p className="text-text-2">
        {t.emptyResult.window(windowInWords(window), window.timeZone)}{' '}
        {windowState(execution) === 'incomplete' && t.emptyResult.unsettled}
      </p>
      <p className="text-text-2">
        {values.length === 0
          ? t.emptyResult.noValues
          : t.emptyResult.values(values.map(([name, value]) => `${name} ${valueInWords(value)}`).join('; '))}
      </p>
      <p className="text-text-2">
        {execution.privacyFilteringBehavior === 'REMOVE_ROWS' ? t.emptyResult.rowsRemoved : t.emptyResult.blanked}
      </p>
      <p className="text-text-2">{t.emptyResult.advice}</p>
    </div>
  )
}
