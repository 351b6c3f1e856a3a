import { createSearchIndex } from '@recomamp/amc-catalogue/search'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import { dataSourceQueries } from '#features/data-sources/data-sources.queries.ts'
import { executionQueries } from '#features/executions/executions.queries.ts'
import { instanceQueries } from '#features/instances/instances.queries.ts'
import { templateQueries } from '#features/templates/templates.queries.ts'
import { workflowQueries } from '#features/workflows/workflows.queries.ts'
import {
  type EntryOf,
  executionEntry,
  fieldEntries,
  instanceEntry,
  sourceEntry,
  templateEntry,
  workflowEntry,
} from './entries.ts'
import type { Findable } from './find-entries.ts'

/** Everything that the palette finds: what ships is searched here, queries and instances beyond the first by the server. */
export function useFindable(
  text: string,
  pages: readonly EntryOf<'page'>[],
  actions: readonly EntryOf<'action'>[],
): { findable: Findable; loading: boolean } {
  const asked = useDeferredValue(text.replace(/^\s*[>#@]/, '').trim())
  const schema = useQuery(dataSourceQueries.schema())
  const sources = useQuery(dataSourceQueries.list())
  const templates = useQuery(templateQueries.list())
  const workflows = useQuery(workflowQueries.found(asked))
  const executions = useQuery(executionQueries.latest())
  const instances = useQuery(instanceQueries.first())
  const moreInstances = useQuery({
    ...instanceQueries.found(asked),
    enabled: asked !== '' && instances.data !== undefined && instances.data.nextCursor !== null,
  })

  const known = useMemo(() => {
    if (schema.data === undefined || sources.data === undefined)
      return { index: null, fields: new Map(), sources: new Map() }
    const tables = new Map(schema.data.tables.map((table) => [table.name, table]))
    const searched = sources.data.items.map((source) => ({ ...source, fields: tables.get(source.name)?.columns ?? [] }))
    return {
      index: createSearchIndex(searched),
      fields: fieldEntries(schema.data),
      sources: new Map(sources.data.items.map((source) => [source.name, sourceEntry(source)])),
    }
  }, [schema.data, sources.data])

  const findable = useMemo<Findable>(() => {
    const byId = new Map(
      [...(instances.data?.items ?? []), ...(moreInstances.data?.items ?? [])].map((each) => [each.id, each]),
    )
    return {
      ...known,
      templates: templates.data?.items.map(templateEntry) ?? [],
      queries: [
        ...(workflows.data?.items.map(workflowEntry) ?? []),
        ...(executions.data?.items.map(executionEntry) ?? []),
      ],
      instances: [...byId.values()].map(instanceEntry),
      pages,
      actions,
    }
  }, [known, templates.data, workflows.data, executions.data, instances.data, moreInstances.data, pages, actions])
  return { findable, loading: schema.isPending || sources.isPending }
}
