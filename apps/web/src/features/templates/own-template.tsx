import { type QueryTemplate, changeTemplate, deleteTemplate } from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { templates } from '#messages/templates.ts'
import { call } from '#platform/api.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { templateQueries } from './templates.queries.ts'

const t = templates.fork

/** Who may see a template of one's own, and its end. */
export function OwnTemplate({ template, onDeleted }: { template: QueryTemplate; onDeleted: () => void }) {
  const client = useQueryClient()
  const params = { templateId: template.id }
  const share = useMutation({
    mutationFn(visibleTo: 'owner' | 'workspace') {
      const { question, name, category, tags, difficulty, reading, pitfalls } = template
      const body = { question, name, category, tags, difficulty, reading, pitfalls, visibleTo }
      return call(changeTemplate, { params, body })
    },
    onSuccess: () => client.invalidateQueries({ queryKey: templateQueries.all() }),
  })
  const remove = useMutation({
    mutationFn: () => call(deleteTemplate, { params }),
    async onSuccess() {
      onDeleted()
      client.removeQueries({ queryKey: templateQueries.detail(template.id).queryKey.slice(0, 3) })
      await client.invalidateQueries({ queryKey: templateQueries.all() })
    },
  })
  const error = share.error ?? remove.error
  return (
    <>
      <Segmented
        label={t.visibleTo}
        value={template.visibleTo === 'workspace' ? 'workspace' : 'owner'}
        onChange={(visibleTo) => share.mutate(visibleTo)}
        choices={[
          { value: 'owner', label: t.owner },
          { value: 'workspace', label: t.workspace },
        ]}
      />
      <Button needs={deleteTemplate} busy={remove.isPending} onPress={() => remove.mutate()}>
        <Trash2 size={14} strokeWidth={1.7} aria-hidden />
        {t.delete}
      </Button>
      {error !== null && <ErrorPanel error={error} />}
    </>
  )
}
