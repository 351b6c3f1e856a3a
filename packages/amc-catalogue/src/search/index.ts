export { createNameMatcher, searchableName, type SearchableName } from './name-matcher.ts'
export { rangesOf, type Range } from './ranges.ts'
export { createSearchIndex, type SearchHit, type SearchIndex, type SearchableSource } from './search-index.ts'
export { nearestCategories, searchTemplates, type SearchableTemplate } from './template-search.ts'
