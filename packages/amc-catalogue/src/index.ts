export { loadSchema } from './load-schema.ts'
export type { Column, ColumnType, Schema, Table, Threshold, Unit } from './schema.ts'
export { loadTemplates } from './templates.ts'
export type { QueryTemplateFile, TemplateParameter } from './templates.ts'
