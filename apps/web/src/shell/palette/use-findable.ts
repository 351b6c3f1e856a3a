import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { dataSourceQueries } from '#features/data-sources/data-sources.queries.ts'
import { searchIndexOf } from '#features/data-sources/source-index.ts'
import { executionQueries } from '#features/executions/executions.queries.ts'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
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

/** Everything that the palette finds: what ships is searched here, queries and instances beyond the first by the server, which is
 *  asked between words, not at each key. */
export function useFindable(
  restedText: string,
  pages: readonly EntryOf<'page' | 'setting'>[],
  actions: readonly EntryOf<'action'>[],
): { findable: Findable; loading: boolean } {
  const asked = restedText.replace(/^\s*[>#@]/, '').trim()
  const { instance } = useChosenInstance()
  const schema = useQuery(dataSourceQueries.schema(instance?.id))
  const sources = useQuery(dataSourceQueries.list(instance?.id))
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
    return {
      index: searchIndexOf(sources.data.items, schema.data),
      fields: fieldEntries(schema.data),
      sources: new Map(sources.data.items.map((source) => [source.name, sourceEntry(source)])),
    }
  }, [schema.data, sources.data])

  const questions = useMemo(() => templates.data?.items.map(templateEntry) ?? [], [templates.data])
  const places = useMemo(() => {
    const byId = new Map(
      [...(instances.data?.items ?? []), ...(moreInstances.data?.items ?? [])].map((each) => [each.id, each]),
    )
    return [...byId.values()].map(instanceEntry)
  }, [instances.data, moreInstances.data])
  const queries = useMemo(
    () => [...(workflows.data?.items.map(workflowEntry) ?? []), ...(executions.data?.items.map(executionEntry) ?? [])],
    [workflows.data, executions.data],
  )
  const findable = useMemo<Findable>(
    () => ({ ...known, templates: questions, queries, instances: places, pages, actions }),
    [known, questions, queries, places, pages, actions],
  )
  return { findable, loading: schema.isPending || sources.isPending }
}
