import type { DataSourceComparison } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useState } from 'react'
import { comparison as t } from '#messages/comparison.ts'
import { dataSource } from '#messages/data-source.ts'
import { figure } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { CutMiddle, PrivacyMeter, TypeChip } from '#ui/data-marks.tsx'
import { type FieldGroup, fieldGroups, waysToJoin } from './comparison-rows.ts'
import type { ComparisonSearch } from './comparison-search.ts'

interface ComparisonTableProps {
  comparison: DataSourceComparison
  search: ComparisonSearch
  onRemove: (name: string) => void
  /** Only what a column is at a glance. */
  compact: boolean
}

/** Two to four sources as columns: what they are, how they join, and their fields grouped by where they exist. */
export function ComparisonTable({ comparison, search, onRemove, compact }: ComparisonTableProps) {
  const { sources, properties } = comparison
  const groups = fieldGroups(comparison, search)
  return (
    <table className={`comparison ${compact ? 'compact' : ''}`} aria-label={t.table}>
      <thead>
        <tr>
          <th scope="col">{t.field}</th>
          {sources.map(({ name, title }) => (
            <th key={name} scope="col">
              <span className={compact ? '' : 'flex items-start gap-1'}>
                <span className="min-w-0 flex-1">
                  <Link to="/data-sources/$name" params={{ name }} className="mono font-strong text-text block">
                    {compact ? name : <CutMiddle text={name} />}
                  </Link>
                  {!compact && <span className="cut text-text-2 block font-regular">{title}</span>}
                </span>
                <Button look="quiet" size="small" square aria-label={t.remove(name)} onPress={() => onRemove(name)}>
                  <X size={14} strokeWidth={1.7} aria-hidden />
                </Button>
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {properties
          .filter(({ same }) => search.diff === 0 || !same)
          .map((property) => (
            <PropertyRow key={property.property} {...property} />
          ))}
      </tbody>
      <Joins comparison={comparison} />
      {groups.map((group) => (
        <Group key={group.key} group={group} comparison={comparison} compact={compact} />
      ))}
    </table>
  )
}

function PropertyRow({ property, values }: DataSourceComparison['properties'][number]) {
  const everywhere = (one: string) => values.every((value) => Array.isArray(value) && value.includes(one))
  return (
    <tr className="facts-row">
      <th scope="row">{t.properties[property]}</th>
      {values.map((value, at) => (
        <td key={at}>
          {Array.isArray(value) ? (
            <span className="mono flex flex-wrap gap-x-1.5">
              {value.map((one) => (
                <span key={one} className={everywhere(one) ? '' : 'bg-accent-tint-2 rounded-2 px-1'}>
                  {one}
                </span>
              ))}
            </span>
          ) : (
            valueText(value)
          )}
        </td>
      ))}
    </tr>
  )
}

function valueText(value: DataSourceComparison['properties'][number]['values'][number]): string {
  if (value === null) return t.unsaid
  if (typeof value === 'boolean') return value ? t.yes : t.no
  return typeof value === 'number' ? figure(value) : String(value)
}

function Joins({ comparison: { sources, joins } }: { comparison: DataSourceComparison }) {
  const ways = waysToJoin(joins)
  const nameAt = (at: number) => sources[at]?.name ?? ''
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={sources.length + 1} className="group-head">
          {t.joins}
        </th>
      </tr>
      {ways.length === 0 && (
        <tr>
          <td colSpan={sources.length + 1}>{t.noJoins}</td>
        </tr>
      )}
      {ways.map(({ from, to, keys, known }) => (
        <tr key={`${from} ${to} ${keys}`}>
          <th scope="row" className="mono">
            {keys}
          </th>
          <td colSpan={sources.length}>
            <p className="text-text-2">
              {sources.length > 2 && <span className="mono">{t.joinOf(nameAt(from), nameAt(to))} </span>}
              {known === null ? (
                t.keyInCommon
              ) : (
                <span className="tag">{dataSource.relationships.cardinality[known.cardinality]}</span>
              )}
            </p>
            {known !== null && (
              <p className="max-w-[110ch]">
                {known.meaning} <span className="text-text-2">{known.caveat}</span>
              </p>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  )
}

/** How many fields of a group are shown before it is opened; the group of conflicts always shows all. */
const fewFields = 12

interface GroupProps {
  group: FieldGroup
  comparison: DataSourceComparison
  compact: boolean
}

function Group({ group, comparison: { sources }, compact }: GroupProps) {
  const [open, setOpen] = useState(false)
  const { fields, kind } = group
  const shown = open || kind === 'different' || fields.length <= fewFields + 2 ? fields : fields.slice(0, fewFields)
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={sources.length + 1} className="group-head">
          <span className="flex items-center gap-1.5">
            {headOf(
              group,
              sources.map(({ name }) => name),
            )}
            <span className="text-text-3 font-regular">{figure(fields.length)}</span>
            {shown.length < fields.length && (
              <button type="button" className="link-button ml-auto" onClick={() => setOpen(true)}>
                {t.more(fields.length - shown.length)}
              </button>
            )}
          </span>
        </th>
      </tr>
      {shown.map(({ name, cells, conflicts }) => (
        <tr key={name}>
          <th scope="row" className="mono">
            {name}
          </th>
          {cells.map((cell, at) =>
            cell === null ? (
              <td key={at} className="absent">
                <span aria-hidden>–</span>
                <span className="sr-only">{t.absent}</span>
              </td>
            ) : (
              <td key={at}>
                <Cell cell={cell} conflicts={conflicts} compact={compact} />
              </td>
            ),
          )}
        </tr>
      ))}
    </tbody>
  )
}

function headOf({ kind, holders }: FieldGroup, names: readonly string[]): string {
  if (kind !== 'some') return kind === 'same' ? t.same : t.different
  const there = holders.map((at) => names[at] ?? '')
  if (there.length === 1) return t.onlyIn(there[0] ?? '')
  const missing = names.filter((name) => !there.includes(name))
  return missing.length === 1 ? t.missingFrom(missing[0] ?? '') : t.inThese(there.join(', '))
}

type FieldCell = NonNullable<DataSourceComparison['fields'][number]['cells'][number]>

interface CellProps {
  cell: FieldCell
  conflicts: DataSourceComparison['fields'][number]['conflicts']
  compact: boolean
}

function Cell({ cell, conflicts, compact }: CellProps) {
  const differs = (aspects: readonly string[]) => conflicts.some((one) => aspects.includes(one))
  const type = cell.typeDetail ?? cell.dataType ?? t.unsaid
  return (
    <span className="compared-cell">
      <span className={`flex items-center gap-1.5 ${marked(differs(['dataType', 'typeDetail']))}`}>
        <TypeChip type={cell.dataType ?? type} metric={cell.role === 'metric'} />
        {!compact && type}
        <Differs when={differs(['dataType', 'typeDetail'])} />
      </span>
      {!compact && (
        <span className={`text-text-2 ${marked(differs(['role']))}`}>
          {cell.role === null ? t.unsaid : t.roles[cell.role]}
          <Differs when={differs(['role'])} />
        </span>
      )}
      <span className={marked(differs(['threshold']))}>
        {cell.threshold === null ? t.unsaid : <PrivacyMeter threshold={cell.threshold} word={!compact} />}
        <Differs when={differs(['threshold'])} />
      </span>
      {cell.unit !== null && !compact && (
        <span className="tag warn justify-self-start">
          {cell.unit}
          <Differs when={differs(['unit'])} />
        </span>
      )}
    </span>
  )
}

function marked(differs: boolean): string {
  return differs ? 'bg-warn-tint text-warn font-medium rounded-2 px-1' : ''
}

/** What the colour says, for those who do not see it. */
function Differs({ when }: { when: boolean }) {
  return when && <span className="sr-only"> ({t.conflict})</span>
}
