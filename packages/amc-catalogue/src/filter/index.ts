export { deepestGroup, FilterCondition, mostConditions, type FieldTest, type SourceFilter } from './filter.ts'
export { helpfulRemoval, withoutCondition, type FilterPath, type Removal } from './helpful-removal.ts'
export { matchesFilter, type FilterableSource, type FilterContext } from './match-filter.ts'
export { filterText, parseFilter, parseFilterText, type FilterError, type ParsedFilter } from './parse-filter.ts'
