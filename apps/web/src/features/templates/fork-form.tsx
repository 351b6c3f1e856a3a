import { templateCategories } from '@recomamp/amc-catalogue/model'
import {
  type QueryTemplate,
  TemplateId,
  type TemplateWords,
  type WorkflowSummary,
  forkTemplate,
} from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { templates } from '#messages/templates.ts'
import { call } from '#platform/api.ts'
import { Button } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { Select } from '#ui/select.tsx'
import { templateQueries } from './templates.queries.ts'

const t = templates.fork

interface ForkFormProps {
  /** Saved queries that can become a template, the last changed first. */
  queries: readonly WorkflowSummary[]
  onMade: (template: QueryTemplate) => void
}

/** Makes a template of a saved query: what it answers, where it belongs and who may see it. */
export function ForkForm({ queries, onMade }: ForkFormProps) {
  const client = useQueryClient()
  // One id for the whole form: a repeated press or a lost answer makes no second template (F-19).
  const [id] = useState(() => TemplateId.parse(`own-${crypto.randomUUID()}`))
  const [workflowId, setWorkflowId] = useState<string>(queries[0]?.id ?? '')
  const [question, setQuestion] = useState('')
  const [reading, setReading] = useState('')
  const [tags, setTags] = useState('')
  const [category, setCategory] = useState<string>(templateCategories[0])
  const [difficulty, setDifficulty] = useState('1')
  const [visibleTo, setVisibleTo] = useState<TemplateWords['visibleTo']>('owner')
  const query = queries.find((each) => each.id === workflowId)
  const make = useMutation({
    mutationFn: (chosen: WorkflowSummary) =>
      call(forkTemplate, {
        body: {
          id,
          workflowId: chosen.id,
          version: chosen.version,
          question,
          name: chosen.name,
          category,
          tags: tags
            .toLowerCase()
            .split(/[\s,]+/)
            .filter((tag) => tag !== ''),
          difficulty: Number(difficulty),
          reading,
          pitfalls: [],
          visibleTo,
        },
      }),
    async onSuccess(made) {
      await client.invalidateQueries({ queryKey: templateQueries.all() })
      onMade(made)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (query !== undefined && question.trim() !== '' && !make.isPending) make.mutate(query)
  }
  if (query === undefined) return <p className="text-text-2">{t.noQuery}</p>
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <Select
        label={t.query}
        value={workflowId}
        onChange={setWorkflowId}
        choices={queries.map((each) => ({ value: each.id, label: t.version(each.name, each.version) }))}
      />
      <Field label={t.question} value={question} onChange={setQuestion} maxLength={300} />
      <Field label={t.reading} value={reading} onChange={setReading} maxLength={5000} />
      <div className="grid gap-3 tablet:grid-cols-2">
        <Select
          label={t.category}
          value={category}
          onChange={setCategory}
          choices={templateCategories.map((value) => ({ value, label: value }))}
        />
        <Select
          label={templates.difficulty}
          value={difficulty}
          onChange={setDifficulty}
          choices={[1, 2, 3, 4].map((level) => ({ value: String(level), label: templates.difficultyOf(level) }))}
        />
      </div>
      <Field label={t.tags} value={tags} onChange={setTags} maxLength={200} />
      <Segmented
        label={t.visibleTo}
        value={visibleTo}
        onChange={setVisibleTo}
        choices={[
          { value: 'owner', label: t.owner },
          { value: 'workspace', label: t.workspace },
        ]}
      />
      {make.error !== null && <ErrorPanel error={make.error} />}
      <div className="flex justify-end">
        <Button look="primary" type="submit" busy={make.isPending}>
          {t.make}
        </Button>
      </div>
    </form>
  )
}
