import { deepestGroup, type FilterPath, type SourceFilter } from '@recomamp/amc-catalogue/filter'
import { Plus, X } from 'lucide-react'
import { filter as t } from '#messages/filter.ts'
import { Button } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { ConditionRow, startOf, type FilterValues } from './condition-row.tsx'
import { conditionsIn, editAt, groupOf, isGroup, membersIn, wordOf, type FilterGroup } from './edit-filter.ts'

interface FilterBuilderProps {
  filter: FilterGroup
  values: FilterValues
  onChange: (next: FilterGroup) => void
}

/** Conditions and groups of them under the head of the list; every change takes effect at once. */
export function FilterBuilder({ filter, values, onChange }: FilterBuilderProps) {
  const edit = (path: FilterPath, change: (member: SourceFilter) => SourceFilter | null) =>
    onChange(editAt(filter, path, change))
  return (
    <section
      aria-label={t.title}
      className="border-line bg-sunken mx-4 mb-3 flex max-h-[45vh] flex-none flex-col gap-2 overflow-auto rounded-6 border p-3 tablet:mx-6"
    >
      <Group group={filter} path={[]} values={values} edit={edit} />
      <div className="flex gap-2">
        <Button look="quiet" size="small" onPress={() => onChange({ all: [] })}>
          {t.clear}
        </Button>
        {conditionsIn(filter) > 0 && <CopyButton text={location.href} label={t.copyLink} />}
      </div>
    </section>
  )
}

interface GroupProps {
  group: FilterGroup
  path: FilterPath
  values: FilterValues
  edit: (path: FilterPath, change: (member: SourceFilter) => SourceFilter | null) => void
}

function Group({ group, path, values, edit }: GroupProps) {
  const word = wordOf(group)
  const members = membersIn(group)
  const add = (member: SourceFilter) => edit(path, () => groupOf(word, [...members, member]))
  return (
    <div role="group" aria-label={t.nested(path.length + 1)} className="flex flex-col gap-2">
      <div className="flex items-center gap-2">
        <Segmented
          label={t.groupLabel}
          value={word}
          onChange={(next) => edit(path, () => groupOf(next, members))}
          choices={(['all', 'any'] as const).map((value) => ({ value, label: t.group[value] }))}
        />
        {path.length > 0 && (
          <Button look="quiet" size="small" square aria-label={t.removeGroup} onPress={() => edit(path, () => null)}>
            <X size={14} strokeWidth={1.7} aria-hidden />
          </Button>
        )}
      </div>
      <div className="border-line flex flex-col gap-2 border-l pl-3">
        {members.map((member, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- a member is known by its place and by nothing else
          <div key={`${at} ${members.length}`} className="flex items-start gap-2">
            <span className="text-12 text-text-2 w-7 flex-none pt-1.5">{at > 0 ? t.joined[word] : ''}</span>
            <div className="min-w-0 flex-1">
              {isGroup(member) ? (
                <Group group={member} path={[...path, at]} values={values} edit={edit} />
              ) : (
                <ConditionRow
                  condition={member}
                  values={values}
                  onChange={(next) => edit([...path, at], () => next)}
                  onRemove={() => edit([...path, at], () => null)}
                />
              )}
            </div>
          </div>
        ))}
        <div className="flex gap-2 pl-9">
          <Button size="small" onPress={() => add(startOf('category', values))}>
            <Plus size={12} strokeWidth={2} aria-hidden />
            {t.addCondition}
          </Button>
          {path.length + 1 < deepestGroup && (
            <Button size="small" onPress={() => add({ any: [startOf('tag', values)] })}>
              <Plus size={12} strokeWidth={2} aria-hidden />
              {t.addGroup}
            </Button>
          )}
        </div>
      </div>
    </div>
  )
}
