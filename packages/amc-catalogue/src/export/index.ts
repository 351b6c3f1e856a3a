export { toCsvExport } from './csv-export.ts'
export { csvOf } from './csv.ts'
export { JsonExport, jsonExport, jsonText, toJsonExport } from './json-export.ts'
