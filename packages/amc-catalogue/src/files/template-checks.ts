import { chartColumns } from '../model/chart.ts'
import type { QueryTemplateFile, TemplateDescription } from '../model/template.ts'
import type { QueryTestFile } from '../model/query-test.ts'
import type { z } from 'zod'
import type { CatalogueError } from './catalogue-error.ts'
import type { JsonFile } from './json-file.ts'

type Description = z.infer<typeof TemplateDescription>

/** What the description of an analysis and its tests must say alike: names of columns, tables and parameters. */
export function templateFaults(
  description: JsonFile<Description>,
  tests: JsonFile<QueryTestFile> | null,
): CatalogueError[] {
  const { value, fault } = description
  const faults: CatalogueError[] = []
  const columns = new Set(value.columns.map(({ name }) => name))
  for (const name of value.chart === null ? [] : chartColumns(value.chart))
    if (!columns.has(name)) faults.push(fault(['chart'], `${name} is no column of the result`))
  if (tests === null) return faults
  if (tests.value.parameters !== undefined)
    faults.push(tests.fault(['parameters'], 'the description of the analysis declares its parameters'))
  const parameters = new Set(value.parameters.map(({ name }) => name))
  for (const [at, test] of tests.value.tests.entries()) {
    const say = (path: (string | number)[], message: string) =>
      faults.push(tests.fault(['tests', at, ...path], message))
    for (const name of Object.keys(test.values ?? {}))
      if (!parameters.has(name)) say(['values', name], `${name} is no parameter of the analysis`)
    for (const table of Object.keys(test.given))
      if (!value.tables.includes(table)) say(['given', table], `the analysis does not read ${table}`)
    for (const [position, name] of test.expected.columns.entries())
      if (columns.size > 0 && !columns.has(name))
        say(['expected', 'columns', position], `${name} is no column of the result`)
  }
  return faults
}

/** Links between analyses that lead to none. */
export function relatedFaults(templates: readonly JsonFile<QueryTemplateFile>[]): CatalogueError[] {
  const ids = new Set(templates.map(({ value }) => value.id))
  return templates.flatMap(({ value, fault }) =>
    value.related.flatMap((id, at) =>
      ids.has(id) && id !== value.id ? [] : [fault(['related', at], `${id} is no other analysis`)],
    ),
  )
}
