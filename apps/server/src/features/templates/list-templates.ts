import { templateCategories } from '@recomamp/amc-catalogue/model'
import { nearestCategories, searchTemplates } from '@recomamp/amc-catalogue/search'
import type { QueryOf, QueryTemplateSummary, ReplyOf, listQueryTemplates } from '@recomamp/contracts'
import { z } from 'zod'
import type { Ctx } from '#context.ts'
import type { Member } from '#platform/http/app-types.ts'
import { cutPage, readCursor } from '#platform/http/cursor.ts'
import { missingTablesOf } from './missing-tables.ts'
import { visibleTemplates } from './templates.store.ts'

type Query = QueryOf<typeof listQueryTemplates>
const Place = z.tuple([z.number().int().nonnegative()])

/**
 * A page of the templates that a person may see, with the exact total of the filter: by category, the easy ones first, or with words the
 * best match first. They are some hundreds, and a search by meaning needs all of them.
 */
export async function listTemplates(ctx: Ctx, who: Member, query: Query): Promise<ReplyOf<typeof listQueryTemplates>> {
  const missing = await missingTablesOf(ctx, who, query.instance)
  const all = (await visibleTemplates(ctx.db, who)).map((template): QueryTemplateSummary => ({
    ...template,
    missingTables: missing(template.tables),
  }))
  const asked = query.q === undefined || query.q.trim() === '' ? null : query.q
  const inOrder = asked === null ? all.toSorted(byCategory) : searchTemplates(all, asked)
  const passing = (but: 'category' | 'tag' | null) => inOrder.filter((template) => passes(template, query, who, but))
  const found = passing(null)
  const [from] = readCursor(query.cursor, Place) ?? [0]
  const { rows, nextCursor } = cutPage(found.slice(from, from + query.limit + 1), query.limit, () => [
    from + query.limit,
  ])
  return {
    items: [...rows],
    total: found.length,
    nextCursor,
    categories: countOf(passing('category').map(({ category }) => category)).toSorted((a, b) => byRank(a.name, b.name)),
    tags: countOf(passing('tag').flatMap(({ tags }) => tags)).toSorted((a, b) => b.count - a.count),
    nearest: found.length === 0 && asked !== null ? nearestCategories(all, asked) : [],
  }
}

function passes(
  template: QueryTemplateSummary,
  { category, tag, difficulty, of, runs }: Query,
  who: Member,
  but: 'category' | 'tag' | null,
): boolean {
  if (but !== 'category' && category !== undefined && template.category !== category) return false
  if (but !== 'tag' && tag !== undefined && !template.tags.includes(tag)) return false
  if (difficulty !== undefined && template.difficulty !== difficulty) return false
  if (of === 'shipped' && template.owner !== null) return false
  if (of === 'workspace' && template.owner === null) return false
  if (of === 'mine' && template.owner?.id !== who.userId) return false
  return runs === undefined || template.missingTables === null || template.missingTables.length === 0
}

const rankOf = (category: string) => {
  const place = (templateCategories as readonly string[]).indexOf(category)
  return place === -1 ? templateCategories.length : place
}

function byRank(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || a.localeCompare(b)
}

function byCategory(a: QueryTemplateSummary, b: QueryTemplateSummary): number {
  return byRank(a.category, b.category) || a.difficulty - b.difficulty || a.name.localeCompare(b.name)
}

function countOf(names: readonly string[]): { name: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => ({ name, count }))
}
