import type { DataSourceDetail } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { dataSource } from '#messages/data-source.ts'
import { FieldLink } from './field-link.tsx'

/** The sets of values that public sources show of fields. */
export const KnownValues = memo(function KnownValues({ source }: { source: DataSourceDetail }) {
  return (
    <>
      <p className="text-12 text-text-2 mb-1">{dataSource.field.valuesNote}</p>
      <dl className="field-facts wide">
        {source.fields.map(
          ({ name, knownValues }) =>
            knownValues && (
              <div key={name}>
                <dt>
                  <FieldLink field={name} />
                </dt>
                <dd className="mono">{knownValues.join(', ')}</dd>
              </div>
            ),
        )}
      </dl>
    </>
  )
})

/** Tables that are easily taken for this one, and what is different there. */
export const Siblings = memo(function Siblings({ source }: { source: DataSourceDetail }) {
  if (source.siblings.length === 0) return <p className="text-text-2">{dataSource.siblings.none}</p>
  return (
    <ul className="flex flex-col">
      {source.siblings.map(({ name, difference }) => (
        <li key={name} className="border-line-subtle flex flex-wrap items-baseline gap-x-3 border-b py-2">
          <Link to="/data-sources/$name" params={{ name }} className="mono font-strong">
            {name}
          </Link>
          <Link
            to="/data-sources/compare"
            search={{ s: [source.name, name] }}
            aria-label={dataSource.relationships.compare(name)}
            className="text-12 ml-auto"
          >
            {dataSource.compare}
          </Link>
          <p className="w-full">{difference}</p>
        </li>
      ))}
    </ul>
  )
})

/** The pages that the facts come from with the date of the copy that was read, and names that are no more. */
export const FactSources = memo(function FactSources({ source }: { source: DataSourceDetail }) {
  const t = dataSource.sources
  return (
    <>
      <p className="text-text-2 mb-1">{t.lead}</p>
      <ul className="flex list-disc flex-col gap-1 pl-4">
        {source.sources.map(({ page, asOf }) => (
          <li key={page} className="break-words">
            {/^https?:/.test(page) ? (
              <a href={page} target="_blank" rel="noreferrer">
                {page}
              </a>
            ) : (
              page
            )}{' '}
            <span className="text-text-3">({t.asOf(asOf)})</span>
          </li>
        ))}
      </ul>
      {source.legacyFields.length > 0 && (
        <>
          <h3 className="text-12 text-text-2 mt-4 mb-1">{t.legacy}</h3>
          <p className="text-12 text-text-2 mb-1">{t.legacyLead}</p>
          <dl className="field-facts wide">
            {source.legacyFields.map(({ name, note }) => (
              <div key={name}>
                <dt className="mono">{name}</dt>
                <dd>{note}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </>
  )
})
