import {
  createNameMatcher,
  searchableName,
  type SearchableName,
  type SearchIndex,
} from '@recomamp/amc-catalogue/search'
import type { EntryOf, FoundEntry, PaletteEntry } from './entries.ts'

type Group = 'fields' | 'sources' | 'templates' | 'queries' | 'instances' | 'pages' | 'actions'

export interface FoundGroup {
  group: Group | 'recent'
  entries: readonly FoundEntry[]
}

/** Everything that can be found; what is not read yet is empty. */
export interface Findable {
  /** Over sources and fields. */
  index: SearchIndex | null
  fields: ReadonlyMap<string, EntryOf<'field'>>
  sources: ReadonlyMap<string, EntryOf<'source'>>
  templates: readonly EntryOf<'template'>[]
  /** Queries and their executions. */
  queries: readonly EntryOf<'workflow' | 'execution'>[]
  instances: readonly EntryOf<'instance'>[]
  pages: readonly EntryOf<'page' | 'setting'>[]
  actions: readonly EntryOf<'action'>[]
}

const most = 5
const mostAlone = 100
const prefixes: Readonly<Record<string, Group>> = { '>': 'actions', '#': 'fields', '@': 'instances' }

/**
 * What fits the typed words, in groups, the group with the best hit first. `>`, `#` and `@` in front ask for actions, fields or
 * instances alone; without words recent things come first, then pages and actions.
 */
export function findEntries(text: string, all: Findable, recent: readonly string[]): FoundGroup[] {
  const only = prefixes[text.trimStart()[0] ?? '']
  const words = (only === undefined ? text : text.trimStart().slice(1)).trim()
  if (words === '') return only === undefined ? atRest(all, recent) : [whole(only, all)]
  const found = new Map<Group, Hit[]>()
  const add = (group: Group, hit: Hit) => {
    const hits = found.get(group) ?? []
    found.set(group, hits)
    hits.push(hit)
  }
  const { index } = all
  for (const hit of index === null ? [] : once(index, words, () => index.search(words, { limit: mostAlone }))) {
    const entry = hit.kind === 'field' ? all.fields.get(hit.name) : all.sources.get(hit.name)
    const { score } = hit
    if (entry === undefined) continue
    add(hit.kind === 'field' ? 'fields' : 'sources', { entry, score, ranges: () => hit.nameRanges })
  }
  const match = createNameMatcher(words)
  for (const group of ['templates', 'queries', 'instances', 'pages', 'actions'] as const)
    for (const { entry, fit } of once(all[group], words, () => fitting(all[group], match)))
      add(group, { entry, score: fit.score, ranges: () => fit.ranges })
  return [...found]
    .filter(([group]) => only === undefined || group === only)
    .map(([group, entries]) => ({ group, hits: entries.toSorted((a, b) => b.score - a.score) }))
    .toSorted((a, b) => (b.hits[0]?.score ?? 0) - (a.hits[0]?.score ?? 0))
    .map(({ group, hits }) => ({
      group,
      entries: hits
        .slice(0, only === undefined ? most : mostAlone)
        .map(({ entry, ranges }) => ({ entry, ranges: ranges() })),
    }))
}

interface Hit {
  entry: PaletteEntry
  score: number
  /** Asked of those that are shown. */
  ranges: () => FoundEntry['ranges']
}

type Match = ReturnType<typeof createNameMatcher>

function fitting(entries: readonly PaletteEntry[], match: Match) {
  return entries.flatMap((entry) => {
    const fit = match(nameOf(entry))
    return fit === null ? [] : [{ entry, fit }]
  })
}

const names = new WeakMap<PaletteEntry, SearchableName>()

function nameOf(entry: PaletteEntry): SearchableName {
  const known = names.get(entry) ?? searchableName(entry.label, beside(entry))
  names.set(entry, known)
  return known
}

const latest = new WeakMap<object, { words: string; found: unknown }>()

/** What was found in something for the words that it was last asked for: when the server has answered for one group, the others are
 *  not gone through again. One kind of answer for each thing that is asked. */
function once<T>(asked: object, words: string, find: () => T): T {
  const known = latest.get(asked)
  if (known?.words === words) return known.found as T
  const found = find()
  latest.set(asked, { words, found })
  return found
}

/** Words that find an entry and are not its label. */
function beside(entry: PaletteEntry): string {
  switch (entry.kind) {
    case 'template':
      return [entry.template.name, entry.template.category, ...entry.template.tags].join(' ')
    case 'workflow':
      return entry.workflow.instance?.name ?? ''
    case 'execution':
      return `${entry.execution.instance.name} ${entry.execution.amcExecutionId ?? ''}`
    case 'instance':
      return [entry.instance.amcInstanceId, entry.instance.account.name, ...entry.instance.brands].join(' ')
    default:
      return ''
  }
}

function whole(group: Group, all: Findable): FoundGroup {
  const entries: readonly PaletteEntry[] = group === 'fields' ? [...all.fields.values()] : [...all[group].values()]
  return { group, entries: entries.slice(0, mostAlone).map(unmarked) }
}

function atRest(all: Findable, recent: readonly string[]): FoundGroup[] {
  const wanted = new Set(recent)
  const byKey = new Map<string, PaletteEntry>()
  // An instance can have thousands of fields.
  for (const entries of [all.fields.values(), all.sources.values(), all.templates, all.queries, all.instances])
    for (const entry of entries) if (wanted.has(entry.key)) byKey.set(entry.key, entry)
  const entries = recent.flatMap((key) => byKey.get(key) ?? []).slice(0, most)
  return [
    ...(entries.length === 0 ? [] : [{ group: 'recent' as const, entries: entries.map(unmarked) }]),
    { group: 'pages', entries: all.pages.map(unmarked) },
    { group: 'actions', entries: all.actions.map(unmarked) },
  ]
}

function unmarked(entry: PaletteEntry): FoundEntry {
  return { entry, ranges: [] }
}
