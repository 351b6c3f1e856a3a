import { readFileSync, readdirSync } from 'node:fs'

/** An analysis that ships with the product: one `.json` and one `.sql` file of the same name in `templates/`. */
export interface QueryTemplateFile {
  id: string
  /** The question that the analysis answers, as people ask it. */
  question: string
  name: string
  category: string
  tags: string[]
  /** 1 one table and a group-by … 4 several models, phases or arrays. */
  difficulty: 1 | 2 | 3 | 4
  tables: string[]
  parameters: TemplateParameter[]
  /** How to read the result, and where it misleads. */
  reading: string
  sqlTemplate: string
}

/** The declaration of a `{{name}}`, in the form that `amc-sql` takes. */
export interface TemplateParameter {
  name: string
  type: 'STRING' | 'INTEGER' | 'LONG' | 'DECIMAL' | 'DOUBLE' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP'
  list: boolean
  whenEmpty: 'error' | 'all'
  default?: TemplateValue
  description?: string
}

type TemplateScalar = string | number | boolean | null
type TemplateValue = TemplateScalar | TemplateScalar[]

const folder = new URL('../templates/', import.meta.url)

let templates: readonly QueryTemplateFile[] | undefined

/** The analyses that ship with the product, sorted by id; read once per process. */
export function loadTemplates(): readonly QueryTemplateFile[] {
  templates ??= readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => {
      const described: Omit<QueryTemplateFile, 'sqlTemplate'> = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
      return { ...described, sqlTemplate: readFileSync(new URL(`${described.id}.sql`, folder), 'utf8') }
    })
  return templates
}
