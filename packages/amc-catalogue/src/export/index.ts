export { toCsvExport } from './csv-export.ts'
export { toJsonExport } from './json-export.ts'
