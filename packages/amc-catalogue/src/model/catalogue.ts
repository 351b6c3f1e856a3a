import type { DataSource } from './data-source.ts'
import type { ExampleQuery } from './example.ts'
import type { Relationship } from './relationship.ts'
import type { QueryTemplateFile } from './template.ts'

/** Everything that a catalogue folder says, each list sorted by name. */
export interface Catalogue {
  dataSources: readonly DataSource[]
  examples: readonly ExampleQuery[]
  relationships: readonly Relationship[]
  templates: readonly QueryTemplateFile[]
}
