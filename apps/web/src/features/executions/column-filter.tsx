import { type ResultColumn, type ResultFilter, valueKindOf } from '@recomamp/contracts'
import { type FormEvent, useState } from 'react'
import { results as t } from '#messages/results.ts'
import { Field } from '#ui/field.tsx'
import { type Choice, Select } from '#ui/select.tsx'
import { choicesOf, conditionsOf, draftOf, type FilterChoice } from './filter-draft.ts'

interface ColumnFilterProps {
  column: ResultColumn
  /** Those of this column that hold now. */
  conditions: readonly ResultFilter[]
  onApply: (conditions: readonly ResultFilter[]) => void
}

/** The form of the conditions on one column, by the kind of its values. */
export function ColumnFilter({ column, conditions, onApply }: ColumnFilterProps) {
  const kind = valueKindOf(column.dataType)
  const [draft, setDraft] = useState(() => draftOf(kind, conditions))
  const [faults, setFaults] = useState<{ value?: string; upTo?: string }>({})
  const { choice } = draft
  const isBetween = choice === 'between'
  const hasValue = choice !== 'any' && choice !== 'is-null' && choice !== 'is-not-null'
  const field = (name: 'value' | 'upTo', label: string) => (
    <Field
      label={label}
      mono={kind !== 'text'}
      value={draft[name]}
      onChange={(value) => setDraft({ ...draft, [name]: value })}
      error={faults[name] ?? null}
    />
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const made = conditionsOf(column, draft)
    if (Array.isArray(made)) onApply(made)
    else setFaults(made)
  }
  return (
    <form className="flex flex-col gap-2 p-2" aria-label={t.menu.filter} onSubmit={submit} noValidate>
      <Select
        label={t.menu.show}
        choices={choicesOf(kind).map((value): Choice<FilterChoice> => ({ value, label: wordsOf(value) }))}
        value={choice}
        onChange={(next) => {
          setDraft({ ...draft, choice: next, ...(kind === 'boolean' && draft.value === '' ? { value: 'true' } : {}) })
          setFaults({})
        }}
      />
      {hasValue &&
        (kind === 'boolean' ? (
          <Select
            label={t.menu.value}
            choices={(['true', 'false'] as const).map((value) => ({ value, label: value }))}
            value={draft.value === 'false' ? 'false' : 'true'}
            onChange={(value) => setDraft({ ...draft, value })}
          />
        ) : (
          field('value', isBetween ? t.menu.from : t.menu.value)
        ))}
      {isBetween && field('upTo', t.menu.to)}
      <div className="flex gap-2">
        <button type="submit" className="btn small">
          {t.menu.apply}
        </button>
        {conditions.length > 0 && (
          <button type="button" className="btn quiet small" onClick={() => onApply([])}>
            {t.menu.clear}
          </button>
        )}
      </div>
    </form>
  )
}

function wordsOf(choice: FilterChoice): string {
  if (choice === 'any') return t.menu.any
  return choice === 'between' ? t.menu.between : t.menu.operators[choice]
}
