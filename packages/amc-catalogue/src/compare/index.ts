export {
  comparedProperties,
  compareSources,
  mostCompared,
  type ComparableSource,
  type ComparedField,
  type ComparedProperty,
  type Comparison,
  type FieldCell,
  type FieldConflict,
  type SharedJoin,
} from './compare-sources.ts'
export { toComparisonCsv } from './comparison-csv.ts'
