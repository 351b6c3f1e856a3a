import type { DataSourceDetail, RelatedSource } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { dataSource } from '#messages/data-source.ts'
import { FieldLink } from './field-link.tsx'
import { RelationshipPicture } from './relationship-picture.tsx'

const t = dataSource.relationships

/** How the rows of other tables belong to the rows of this one: a picture, then each join in words. */
export const Relationships = memo(function Relationships({
  source,
  pictured,
}: {
  source: DataSourceDetail
  pictured: boolean
}) {
  if (source.relationships.length === 0) return <p className="text-text-2">{t.none}</p>
  return (
    <>
      {pictured && <RelationshipPicture name={source.name} related={source.relationships} />}
      <ul className="flex flex-col">
        {source.relationships.map((related) => (
          <Join key={`${related.name} ${pairs(related)}`} name={source.name} related={related} />
        ))}
      </ul>
    </>
  )
})

function Join({ name, related }: { name: string; related: RelatedSource }) {
  const repeats = related.cardinality === 'one-to-many' || related.cardinality === 'many-to-many'
  return (
    <li className="border-line-subtle flex flex-col gap-1 border-b py-2.5">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link to="/data-sources/$name" params={{ name: related.name }} className="mono font-strong">
          {related.name}
        </Link>
        <span className="text-text-2">{t.on}</span>
        {related.on.map((pair) => (
          <span key={pair.here} className="mono">
            <FieldLink field={pair.here} />
            {pair.there !== pair.here && ` = ${pair.there}`}
          </span>
        ))}
        <span className="tag">{t.cardinality[related.cardinality]}</span>
        {repeats && <span className="tag warn">{t.repeats}</span>}
        <Link
          to="/data-sources/compare"
          search={{ s: [name, related.name] }}
          aria-label={t.compare(related.name)}
          className="text-12 ml-auto"
        >
          {dataSource.compare}
        </Link>
      </p>
      <p>{related.meaning}</p>
      <p className="text-text-2 max-w-[90ch]">{related.caveat}</p>
    </li>
  )
}

function pairs({ on }: RelatedSource): string {
  return on.map(({ here, there }) => `${here}=${there}`).join(' ')
}
