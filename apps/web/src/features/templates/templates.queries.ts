import {
  type AnswerOf,
  type InstanceId,
  type QueryOf,
  type QueryTemplateSummary,
  type TemplateId,
  getQueryTemplate,
  getTemplateExample,
  listQueryTemplates,
} from '@recomamp/contracts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'

const staleTime = 10 * 60_000

/** What a library shows of all: conditions, and the instance that it is for. */
type TemplateFilter = Partial<Omit<QueryOf<typeof listQueryTemplates>, 'limit' | 'cursor'>>
export type FoundTemplates = Pick<AnswerOf<typeof listQueryTemplates>, 'total' | 'categories' | 'tags' | 'nearest'> & {
  items: QueryTemplateSummary[]
}

export const templateQueries = {
  all: () => ['templates'] as const,
  /** What tells which tables an instance lacks; an example does not. */
  lists: () => ['templates', 'list'] as const,
  details: () => ['templates', 'detail'] as const,
  /** All that pass a filter, page by page: a library is looked through, and is some hundred rows long. */
  list: (filter: TemplateFilter = {}) =>
    queryOptions({
      queryKey: [...templateQueries.lists(), filter],
      async queryFn({ signal }) {
        let page = await call(listQueryTemplates, { query: { ...filter, limit: 100 }, signal })
        const found: FoundTemplates = { ...page, items: [...page.items] }
        while (page.nextCursor !== null) {
          page = await call(listQueryTemplates, { query: { ...filter, limit: 100, cursor: page.nextCursor }, signal })
          found.items.push(...page.items)
        }
        return found
      },
      placeholderData: keepPreviousData,
      staleTime,
    }),
  detail: (templateId: TemplateId, instance?: InstanceId) =>
    queryOptions({
      queryKey: [...templateQueries.details(), templateId, instance ?? null],
      queryFn: ({ signal }) => call(getQueryTemplate, { params: { templateId }, query: { instance }, signal }),
      staleTime,
    }),
  /** The result on synthetic data; the same for the whole day. */
  example: (templateId: TemplateId) =>
    queryOptions({
      queryKey: ['templates', 'example', templateId],
      queryFn: ({ signal }) => call(getTemplateExample, { params: { templateId }, signal }),
      staleTime: Infinity,
    }),
}
