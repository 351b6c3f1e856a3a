import {
  type InstanceId,
  type QueryTemplateSummary,
  type Workflow,
  WorkflowId,
  createWorkflowFromTemplate,
} from '@recomamp/contracts'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { call } from '#platform/api.ts'

/** Makes a query of one's own of a template. One id for each until it is there: a repeated click or a lost answer makes no second one (F-19). */
export function useCopyTemplate(instanceId: InstanceId | null, onCopied: (workflow: Workflow) => void) {
  const ids = useRef(new Map<string, WorkflowId>())
  return useMutation({
    mutationFn(template: QueryTemplateSummary) {
      const id = ids.current.get(template.id) ?? WorkflowId.parse(crypto.randomUUID())
      ids.current.set(template.id, id)
      return call(createWorkflowFromTemplate, { params: { templateId: template.id }, body: { id, instanceId } })
    },
    onSuccess: onCopied,
  })
}
