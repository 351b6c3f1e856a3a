import { createExport, type ExecutionId, type ExportFormat } from '@recomamp/contracts'
import { useMutation } from '@tanstack/react-query'
import { call } from '#platform/api.ts'
import { queryClient } from '#platform/query-client.ts'
import { exportQueries } from './exports.queries.ts'

/** Asks for a file of a result; the list of its files shows what becomes of it. */
export function useMakeExport(executionId: ExecutionId) {
  return useMutation({
    mutationFn: (body: { format: ExportFormat; keepsFormulas: boolean }) =>
      call(createExport, { params: { executionId }, body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: exportQueries.ofExecution(executionId).queryKey }),
  })
}
