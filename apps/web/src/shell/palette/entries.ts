import type { Range } from '@recomamp/amc-catalogue/search'
import type { Column, Schema } from '@recomamp/amc-sql'
import type {
  DataSourceSummary,
  ExecutionSummary,
  Instance,
  QueryTemplateSummary,
  WorkflowSummary,
} from '@recomamp/contracts'
import type { SettingsSection } from '#features/settings/sections.ts'

/** What the palette can open; `key` names it over reloads. */
export type PaletteEntry = { key: string; label: string } & (
  | { kind: 'field'; column: Column; table: string; tables: readonly string[] }
  | { kind: 'source'; source: DataSourceSummary }
  | { kind: 'template'; template: QueryTemplateSummary }
  | { kind: 'workflow'; workflow: WorkflowSummary }
  | { kind: 'execution'; execution: ExecutionSummary }
  | { kind: 'instance'; instance: Instance }
  | { kind: 'page'; to: PagePath }
  | { kind: 'setting'; section: SettingsSection }
  | { kind: 'action'; run: () => void; keys?: string }
)
export type PagePath =
  | '/'
  | '/workbench'
  | '/queries'
  | '/executions'
  | '/data-sources'
  | '/templates'
  | '/instances'
  | '/status'
export type EntryOf<Kind extends PaletteEntry['kind']> = Extract<PaletteEntry, { kind: Kind }>

export interface FoundEntry {
  entry: PaletteEntry
  ranges: readonly Range[]
}

/** Every field once, with all tables that have it; of a name with several meanings the first table's is told. */
export function fieldEntries(schema: Schema): Map<string, EntryOf<'field'>> {
  const found = new Map<string, EntryOf<'field'> & { tables: string[] }>()
  for (const table of schema.tables)
    for (const column of table.columns) {
      const known = found.get(column.name)
      if (known !== undefined) known.tables.push(table.name)
      else
        found.set(column.name, {
          kind: 'field',
          key: `field ${column.name}`,
          label: column.name,
          column,
          table: table.name,
          tables: [table.name],
        })
    }
  return found
}

export function sourceEntry(source: DataSourceSummary): EntryOf<'source'> {
  return { kind: 'source', key: `source ${source.name}`, label: source.name, source }
}

export function templateEntry(template: QueryTemplateSummary): EntryOf<'template'> {
  return { kind: 'template', key: `template ${template.id}`, label: template.question, template }
}

export function workflowEntry(workflow: WorkflowSummary): EntryOf<'workflow'> {
  return { kind: 'workflow', key: `workflow ${workflow.id}`, label: workflow.name, workflow }
}

export function executionEntry(execution: ExecutionSummary): EntryOf<'execution'> {
  return { kind: 'execution', key: `execution ${execution.id}`, label: execution.workflow.name, execution }
}

export function instanceEntry(instance: Instance): EntryOf<'instance'> {
  return { kind: 'instance', key: `instance ${instance.id}`, label: instance.name, instance }
}
