import {
  type InstanceId,
  type QueryTemplateSummary,
  type Workflow,
  createWorkflowFromTemplate,
} from '@recomamp/contracts'
import { SquareTerminal } from 'lucide-react'
import { templates as t } from '#messages/templates.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { useCopyTemplate } from './use-copy-template.ts'

interface UseTemplateButtonProps {
  template: QueryTemplateSummary
  instanceId: InstanceId | null
  onCopied: (workflow: Workflow) => void
}

/** Makes a query of one's own of the template, in one call. */
export function UseTemplateButton({ template, instanceId, onCopied }: UseTemplateButtonProps) {
  const copy = useCopyTemplate(instanceId, onCopied)
  return (
    <>
      <Button
        look="primary"
        needs={createWorkflowFromTemplate}
        busy={copy.isPending}
        onPress={() => copy.mutate(template)}
      >
        <SquareTerminal size={14} strokeWidth={1.7} aria-hidden />
        {copy.isPending ? t.using : t.use}
      </Button>
      {copy.error !== null && <ErrorPanel error={copy.error} />}
    </>
  )
}
