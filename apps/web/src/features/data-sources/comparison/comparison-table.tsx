import type { DataSourceComparison } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { Fragment, type ReactNode, useState } from 'react'
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
  /** What each column is called. */
  labels: readonly string[]
  onRemove: (at: number) => void
  /** Where a column is looked at, to be changed. */
  renderPlace: (at: number) => ReactNode
  /** Only what a column is at a glance. */
  compact: boolean
  /** Where there is no room for names either, columns have letters, which a list before the table explains. */
  lettered: boolean
}

/** `A` for the first column. */
export function letterOf(at: number): string {
  return String.fromCharCode(65 + at)
}

/** Two to four sources as columns: what they are, how they join, and their fields grouped by where they exist. */
export function ComparisonTable(props: ComparisonTableProps) {
  const { comparison, search, labels, onRemove, renderPlace, compact, lettered } = props
  const { sources, properties } = comparison
  const groups = fieldGroups(comparison, search)
  return (
    <table className={`comparison ${compact ? 'compact' : ''}`} aria-label={t.table}>
      <thead>
        <tr>
          <th scope="col">{t.field}</th>
          {sources.map(({ name, title }, at) =>
            lettered ? (
              <th key={labels[at]} scope="col">
                <span aria-hidden>{letterOf(at)}</span>
                <span className="sr-only">{labels[at]}</span>
              </th>
            ) : (
              <ColumnHead
                key={labels[at]}
                name={name}
                title={title}
                label={labels[at] ?? name}
                compact={compact}
                onRemove={() => onRemove(at)}
              >
                {renderPlace(at)}
              </ColumnHead>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {properties
          .filter(({ same }) => search.diff === 0 || !same)
          .map((property) => (
            <PropertyRow key={property.property} {...property} labels={labels} stacked={lettered} />
          ))}
      </tbody>
      <Joins comparison={comparison} labels={labels} />
      {groups.map((group) => (
        <Group key={group.key} group={group} comparison={comparison} labels={labels} compact={compact} />
      ))}
    </table>
  )
}

interface ColumnHeadProps {
  name: string
  title: string
  label: string
  compact: boolean
  onRemove: () => void
  children: ReactNode
}

function ColumnHead({ name, title, label, compact, onRemove, children }: ColumnHeadProps) {
  return (
    <th scope="col">
      <span className={compact ? '' : 'flex items-start gap-1'}>
        <span className="min-w-0 flex-1">
          <Link to="/data-sources/$name" params={{ name }} className="mono font-strong text-text block">
            {compact ? name : <CutMiddle text={name} />}
          </Link>
          {!compact && <span className="cut text-text-2 block font-regular">{title}</span>}
        </span>
        <Button look="quiet" size="small" square aria-label={t.remove(label)} onPress={onRemove}>
          <X size={14} strokeWidth={1.7} aria-hidden />
        </Button>
      </span>
      <span className="mt-1 block font-regular">{children}</span>
    </th>
  )
}

type PropertyRowProps = DataSourceComparison['properties'][number] & { labels: readonly string[]; stacked: boolean }

function PropertyRow({ property, values, labels, stacked }: PropertyRowProps) {
  if (stacked)
    return (
      <tr className="facts-row">
        <td colSpan={values.length + 1}>
          <span className="text-text-2 font-medium">{t.properties[property]}</span>
          <dl className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2">
            {values.map((value, at) => (
              <Fragment key={labels[at]}>
                <dt className="text-text-3">
                  <span aria-hidden>{letterOf(at)}</span>
                  <span className="sr-only">{labels[at]}</span>
                </dt>
                <dd>
                  <PropertyValue value={value} all={values} />
                </dd>
              </Fragment>
            ))}
          </dl>
        </td>
      </tr>
    )
  return (
    <tr className="facts-row">
      <th scope="row">{t.properties[property]}</th>
      {values.map((value, at) => (
        <td key={labels[at]}>
          <PropertyValue value={value} all={values} />
        </td>
      ))}
    </tr>
  )
}

type Value = DataSourceComparison['properties'][number]['values'][number]

/** Of a list, what not all have is marked. */
function PropertyValue({ value, all }: { value: Value; all: readonly Value[] }) {
  if (!Array.isArray(value)) return valueText(value)
  const everywhere = (one: string) => all.every((each) => Array.isArray(each) && each.includes(one))
  return (
    <span className="mono flex flex-wrap gap-x-1.5">
      {value.map((one) => (
        <span key={one} className={everywhere(one) ? '' : 'bg-accent-tint-2 rounded-2 px-1'}>
          {one}
        </span>
      ))}
    </span>
  )
}

function valueText(value: Value): string {
  if (value === null) return t.unsaid
  if (typeof value === 'boolean') return value ? t.yes : t.no
  return typeof value === 'number' ? figure(value) : String(value)
}

interface JoinsProps {
  comparison: DataSourceComparison
  labels: readonly string[]
}

function Joins({ comparison: { sources, joins }, labels }: JoinsProps) {
  // A table is not joined with itself as another instance has it.
  if (sources.every(({ name }) => name === sources[0]?.name)) return null
  const ways = waysToJoin(joins.filter(({ from, to }) => sources[from]?.name !== sources[to]?.name))
  const nameAt = (at: number) => labels[at] ?? ''
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
  labels: readonly string[]
  compact: boolean
}

function Group({ group, comparison: { sources }, labels, compact }: GroupProps) {
  const [open, setOpen] = useState(false)
  const { fields, kind } = group
  const shown = open || kind === 'different' || fields.length <= fewFields + 2 ? fields : fields.slice(0, fewFields)
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={sources.length + 1} className="group-head">
          <span className="flex items-center gap-1.5">
            {headOf(group, labels)}
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
