import { type Instance, InstanceId, type ParameterDeclaration, type WorkflowContent } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { counts } from '#messages/counts.ts'
import { workbench } from '#messages/workbench.ts'
import { lazyPart } from '#ui/lazy-part.tsx'
import { PopoverButton } from '#ui/popover-button.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { TagList } from '#ui/tag-list.tsx'
import type { KnownKind } from './known-values.ts'
import { knownValueQueries } from './known-values.queries.ts'

const t = workbench.parameters
const ValuePicker = lazyPart(() => import('./value-picker.tsx').then((module) => module.ValuePicker))

/** What the values of a list are, and the instance that has them. */
export interface KnownFrom {
  kind: KnownKind
  instance: Pick<Instance, 'id' | 'name'>
}

interface ListValueProps {
  declaration: ParameterDeclaration
  value: WorkflowContent['values'][string] | undefined
  fault: string | null
  note: string | null
  known: KnownFrom | null
  onChange: (values: string[]) => void
}

/** The values of a list as chips, and the way to choose among those that the instance is known to have. */
export function ListValue({ declaration, value, fault, note, known, onChange }: ListValueProps) {
  const { name } = declaration
  const items = (Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value]).map(String)
  const names = useNames(known, items.length > 0)
  const unknown = names === null ? 0 : items.filter((each) => !names.has(each)).length
  const says = [
    items.length > 3 ? t.listCount(counts.values(items.length), 0) : '',
    unknown > 0 ? t.unknown(unknown, known?.instance.name ?? '') : '',
  ].filter(Boolean)
  return (
    <>
      <TagList
        label={t.value(name)}
        addLabel={t.addTo(name)}
        values={items}
        nameOf={(each) => names?.get(each)}
        onChange={onChange}
        invalid={fault !== null}
      />
      <div className="flex items-start justify-between gap-2">
        {fault === null ? (
          <span className="field-help">{says.length > 0 ? says.join(', ') : (note ?? '')}</span>
        ) : (
          <span className="field-error">{fault}</span>
        )}
        {known !== null && (
          <PopoverButton
            label={t.pick.title[known.kind](name)}
            button={t.pick.open[known.kind]}
            panel="flex max-h-[min(420px,70vh)] w-[380px] flex-col"
            placement="bottom end"
          >
            <Suspense fallback={<Skeleton label={t.pick.reading} rows={4} />}>
              <ValuePicker known={known} values={items} onChange={onChange} />
            </Suspense>
          </PopoverButton>
        )}
      </div>
    </>
  )
}

/** The names of what is known; null while nothing is. */
function useNames(known: KnownFrom | null, wanted: boolean): ReadonlyMap<string, string> | null {
  const { data } = useQuery({
    ...knownValueQueries.of(known?.kind ?? 'asins', known?.instance.id ?? noInstance),
    enabled: known !== null && wanted,
    select: ({ source }) => (source === null ? null : new Map(source.values.map((each) => [each.value, each.name]))),
  })
  return data ?? null
}

/** Stands for no instance where a query of one is not asked. */
const noInstance = InstanceId.parse('00000000-0000-4000-8000-000000000000')
