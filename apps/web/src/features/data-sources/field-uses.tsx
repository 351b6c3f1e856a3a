import type { DataSourceDetail } from '@recomamp/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { dataSource } from '#messages/data-source.ts'
import { LinkButton } from '#ui/button.tsx'
import { explain } from '#ui/explain-problem.ts'
import { dataSourceQueries } from './data-sources.queries.ts'

const t = dataSource.field

/** The saved queries that use a field. */
export function FieldUses({ source, field }: { source: DataSourceDetail; field: string }) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    dataSourceQueries.fieldUses(source.name, field, source.reading?.instance.id),
  )
  const uses = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      {error !== null && (
        <>
          {explain(error).title} <LinkButton onPress={() => void refetch()}>{t.retry}</LinkButton>
        </>
      )}
      {data === undefined && error === null && <span className="text-text-3">{t.looking}</span>}
      {data !== undefined && uses.length === 0 && !hasNextPage && <span className="text-text-2">{t.unused}</span>}
      {uses.map(({ workflowId, name }, at) => (
        <span key={workflowId}>
          {at > 0 && ', '}
          <Link to="/workbench/$workflowId" params={{ workflowId }} search={{}}>
            {name}
          </Link>
        </span>
      ))}
      {hasNextPage && (
        <>
          {uses.length > 0 && ' '}
          <LinkButton onPress={() => void (isFetchingNextPage || fetchNextPage())}>
            {isFetchingNextPage ? t.looking : t.moreUses}
          </LinkButton>
        </>
      )}
    </>
  )
}
