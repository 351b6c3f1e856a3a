import { type Execution, xlsxRowLimit } from '@recomamp/contracts'
import { Download } from 'lucide-react'
import { counts } from '#messages/counts.ts'
import { exports as t } from '#messages/exports.ts'
import { PopoverButton } from '#ui/popover-button.tsx'
import { ExportFiles } from './export-files.tsx'
import { ExportForm } from './export-form.tsx'
import { ProvenanceFile } from './provenance-file.tsx'

/** The whole result as a file: which formats hold it, the file that is being made, and those that are ready. */
export function ExportButton({ execution }: { execution: Execution }) {
  const { rowCount } = execution
  if (execution.status !== 'completed' || execution.dryRun || rowCount === null) return null
  if (execution.resultsRemovedAt !== null) return null
  return (
    <PopoverButton
      label={t.title}
      button={
        <>
          <Download size={14} strokeWidth={1.7} aria-hidden />
          {t.open(counts.rows(rowCount))}
        </>
      }
      placement="bottom end"
      panel="flex w-[380px] flex-col gap-3 p-3"
    >
      <ExportForm executionId={execution.id} rowCount={rowCount} fitsSheet={rowCount <= xlsxRowLimit} />
      <ExportFiles executionId={execution.id} rowCount={rowCount} />
      <ProvenanceFile executionId={execution.id} />
    </PopoverButton>
  )
}
