import { createNameMatcher, searchableName, type SearchableName } from './name-matcher.ts'
import { synonyms } from './template-synonyms.ts'

/** What of an analysis is searched. */
export interface SearchableTemplate {
  question: string
  name: string
  category: string
  tags: readonly string[]
  tables: readonly string[]
}

/** Words of a question that say nothing about its subject. */
const silent = new Set(
  'a about an and any are at between by can do does did for from get had has have how i if in into is it its many me more most much my of on one or our ours show than that the their them then there they this to us was we were what when where which who whom why will with you your'.split(
    ' ',
  ),
)

/**
 * The analyses in which every word that means something occurs, or one that means the same; the best match first. Where there is none,
 * those that know most of the words, if it is at least half of them.
 */
export function searchTemplates<T extends SearchableTemplate>(templates: readonly T[], text: string): T[] {
  const words = meaningful(text)
  const matchers = words.map((word) => createNameMatcher(word))
  const rated = templates.map((template) => {
    const name = nameOf(template)
    const fits = matchers.flatMap((matches) => matches(name)?.score ?? [])
    return { template, fitting: fits.length, score: fits.reduce((sum, score) => sum + score, 0) }
  })
  const most = Math.max(0, ...rated.map(({ fitting }) => fitting))
  if (most === 0 || most < words.length / 2) return []
  return rated
    .filter(({ fitting }) => fitting === most)
    .toSorted((a, b) => b.score - a.score)
    .map(({ template }) => template)
}

/** The categories in which most analyses know one of the words, for a search that finds nothing. */
export function nearestCategories(templates: readonly SearchableTemplate[], text: string, most = 3): string[] {
  const counts = new Map<string, number>()
  for (const word of meaningful(text))
    for (const { category } of searchTemplates(templates, word)) counts.set(category, (counts.get(category) ?? 0) + 1)
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([category]) => category)
}

function meaningful(text: string): string[] {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}_-]+/u)
    .filter((word) => word !== '')
  const telling = words.filter((word) => !silent.has(word))
  return telling.length === 0 ? words : telling
}

const known = new WeakMap<SearchableTemplate, SearchableName>()

/** Its question, with the words that find an analysis beside that. */
function nameOf(template: SearchableTemplate): SearchableName {
  const found = known.get(template)
  if (found !== undefined) return found
  const own = [template.name, template.category, ...template.tags, ...template.tables].join(' ')
  const text = ` ${`${template.question} ${own}`.toLowerCase().replaceAll(/[^\p{L}\p{N}_-]+/gu, ' ')} `
  const meant = synonyms.filter((line) => line.some((phrase) => text.includes(` ${phrase} `)))
  const name = searchableName(template.question, `${own} ${meant.flat().join(' ')}`)
  known.set(template, name)
  return name
}
