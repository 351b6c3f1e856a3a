import { type ExecutionId, getProvenance } from '@recomamp/contracts'
import { useMutation } from '@tanstack/react-query'
import { FileCheck } from 'lucide-react'
import { exports as t } from '#messages/exports.ts'
import { call } from '#platform/api.ts'
import { saveFile } from '#platform/save-file.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'

/** The file that goes with any of the others: query, SQL, values, window, ids and hashes of the result. */
export function ProvenanceFile({ executionId }: { executionId: ExecutionId }) {
  const save = useMutation({
    mutationFn: () => call(getProvenance, { params: { executionId } }),
    onSuccess: (record) =>
      saveFile(`provenance-${executionId}.json`, 'application/json', JSON.stringify(record, null, 2)),
  })
  return (
    <section aria-label={t.provenance} className="border-line-subtle flex items-center gap-2 border-t pt-2">
      <p className="text-12 text-text-2 flex-1">{t.provenanceHelp}</p>
      <Button size="small" busy={save.isPending} onPress={() => save.mutate()}>
        <FileCheck size={14} strokeWidth={1.7} aria-hidden />
        {t.provenance}
      </Button>
      {save.error !== null && <ErrorPanel error={save.error} />}
    </section>
  )
}
