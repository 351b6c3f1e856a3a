import { type Instance, InstanceId } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { instances as t } from '#messages/instances.ts'
import { figure } from '#platform/words.ts'
import { type FoundChoice, SearchSelect } from '#ui/search-select.tsx'
import { instanceQueries } from './instances.queries.ts'

interface InstanceSelectProps {
  label: string
  labelAt?: 'inside' | 'hidden'
  /** An instance, or one of the other choices. */
  value: string
  onChange: (value: string) => void
  /** Choices before the instances, such as all of them. */
  others?: readonly FoundChoice[]
  /** Choices right behind an instance. */
  behind?: (instanceId: string) => readonly FoundChoice[]
  /** What stands in the control in place of the name of what is chosen. */
  shown?: ReactNode
  takesFocus?: boolean
  button?: { className: string; icon: ReactNode }
}

/** Chooses one of all instances of the workspace, however many there are: by its name, its AMC id or its account. */
export function InstanceSelect({ value, onChange, others = [], behind, shown, ...look }: InstanceSelectProps) {
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const first = useQuery(instanceQueries.first())
  const { items = [], total = 0 } = first.data ?? {}
  // The server is asked for what cannot be here only.
  const isCut = total > items.length
  const more = useQuery({ ...instanceQueries.found(asked), enabled: isCut && asked !== '' })
  const further = isCut && asked !== '' ? (more.data?.items ?? []) : []
  const here = items.filter((each) => isMeant(each, text))
  const found = [...here, ...further.filter(({ id }) => !items.some((each) => each.id === id))]
  const id = InstanceId.safeParse(value).data
  const chosen = [...items, ...further].find((each) => each.id === value)
  const other = useQuery({
    ...instanceQueries.detail(id ?? noInstance),
    enabled: shown === undefined && id !== undefined && first.data !== undefined && chosen === undefined,
  })
  const choices = [
    ...others.filter(({ label }) => contains(label, text)),
    ...found.filter(({ available }) => available).flatMap((each) => [choiceOf(each), ...(behind?.(each.id) ?? [])]),
  ]
  const label = [...others, ...choices].find((each) => each.value === value)?.label
  return (
    <SearchSelect
      {...look}
      value={value}
      shown={shown ?? chosen?.name ?? label ?? other.data?.name ?? (other.error === null ? '…' : t.select.unknown)}
      choices={choices}
      onChange={onChange}
      text={text}
      onText={setText}
      find={t.select.find}
      nothing={more.isFetching ? t.select.looking : t.select.nothing(text.trim())}
      foot={isCut && text.trim() === '' ? t.select.first(figure(items.length), figure(total)) : null}
    />
  )
}

interface InstanceFilterProps {
  label: string
  /** What the choice of none of them is called. */
  any: string
  value: InstanceId | undefined
  onChange: (value: InstanceId | undefined) => void
}

/** Narrows a list to one instance, or to none. */
export function InstanceFilter({ label, any, value, onChange }: InstanceFilterProps) {
  return (
    <InstanceSelect
      label={label}
      value={value ?? ''}
      others={[{ value: '', label: any }]}
      onChange={(next) => onChange(InstanceId.safeParse(next).data)}
    />
  )
}

/** Only a text of the right form: nothing is asked with it. */
const noInstance = InstanceId.parse('00000000-0000-4000-8000-000000000000')

function choiceOf({ id, name, amcInstanceId }: Instance): FoundChoice {
  return { value: id, label: name, note: amcInstanceId }
}

function isMeant({ name, amcInstanceId, account }: Instance, text: string): boolean {
  return [name, amcInstanceId, account.name, account.entityId].some((each) => contains(each, text))
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.trim().toLowerCase())
}
