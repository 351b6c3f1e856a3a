import type { DataSourceHit, QueryOf, ReplyOf, searchDataSources } from '@recomamp/contracts'
import { pageOf } from './page-of.ts'
import type { Sources } from './sources.ts'

/** The sources and fields that fit the text, the best first. */
export function pageOfHits(
  { index, byName }: Sources,
  { q, ...paging }: QueryOf<typeof searchDataSources>,
): ReplyOf<typeof searchDataSources> {
  const page = pageOf(index.search(q, { limit: Infinity }), paging)
  const items = page.items.map((hit): DataSourceHit =>
    hit.kind === 'field' ? hit : { ...hit, title: byName.get(hit.name)?.title ?? hit.name },
  )
  return { ...page, items }
}
