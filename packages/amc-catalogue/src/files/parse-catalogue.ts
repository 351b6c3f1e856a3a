import { z } from 'zod'
import type { Catalogue } from '../model/catalogue.ts'
import { DataSource } from '../model/data-source.ts'
import { ExampleQuery, readExample } from '../model/example.ts'
import { QueryTestFile } from '../model/query-test.ts'
import { Relationship } from '../model/relationship.ts'
import { TemplateDescription, type QueryTemplateFile } from '../model/template.ts'
import type { CatalogueError } from './catalogue-error.ts'
import { crossFaults, type ReadSource } from './cross-checks.ts'
import { readJson, type JsonFile } from './json-file.ts'
import { relatedFaults, templateFaults } from './template-checks.ts'

export type ParsedCatalogue = { ok: true; catalogue: Catalogue } | { ok: false; errors: CatalogueError[] }

/**
 * Reads the files of a catalogue folder, given as texts by their paths in it: `data-sources/<name>.json`,
 * `examples/<source>/<slug>.sql`, `relationships.json`, `templates/<id>.json` with `<id>.sql` and `<id>.tests.json`. Other files are
 * left alone. Either everything is right, or every fault is listed with its file, line and field.
 */
export function parseCatalogue(files: ReadonlyMap<string, string>): ParsedCatalogue {
  const errors: CatalogueError[] = []
  const read: Reading = { sources: [], examples: [], templates: [], relationships: null }
  for (const file of [...files.keys()].toSorted()) readFile(file, files, read, errors)
  // A file that could not be read would make every name in it unknown.
  if (errors.length === 0) errors.push(...crossFaults(read), ...relatedFaults(read.templates))
  if (errors.length > 0) return { ok: false, errors }
  const { sources, examples, templates, relationships } = read
  return {
    ok: true,
    catalogue: {
      dataSources: sources.map(({ value }) => value),
      examples: examples.map(({ example }) => example),
      relationships: relationships?.value ?? [],
      templates: templates.map(({ value }) => value),
    },
  }
}

interface Reading {
  sources: ReadSource[]
  examples: { file: string; example: ExampleQuery }[]
  templates: JsonFile<QueryTemplateFile>[]
  relationships: JsonFile<Relationship[]> | null
}

function readFile(file: string, files: ReadonlyMap<string, string>, read: Reading, errors: CatalogueError[]): void {
  const text = files.get(file) ?? ''
  const parts =
    /^(?:(data-sources|templates)\/([^/]+?)(?<!\.tests)\.json|examples\/([^/]+)\/([^/]+)\.sql|relationships\.json)$/.exec(
      file,
    )
  if (parts === null) return
  const [, folder, name = '', source, slug = ''] = parts
  if (source !== undefined) {
    read.examples.push(...readExampleFile(file, source, slug, text, errors))
  } else if (folder === 'data-sources') {
    const json = readJson(file, text, DataSource, errors)
    if (json === null) return
    if (json.value.name !== name) errors.push(json.fault(['name'], 'must be the name of the file'))
    read.sources.push({ file, ...json })
  } else if (folder === 'templates') {
    read.templates.push(...readTemplate(name, files, errors))
  } else read.relationships = readJson(file, text, z.array(Relationship), errors)
}

function readTemplate(
  name: string,
  files: ReadonlyMap<string, string>,
  errors: CatalogueError[],
): JsonFile<QueryTemplateFile>[] {
  const place = `templates/${name}`
  const description = readJson(`${place}.json`, files.get(`${place}.json`) ?? '', TemplateDescription, errors)
  const testText = files.get(`${place}.tests.json`)
  const tests = testText === undefined ? null : readJson(`${place}.tests.json`, testText, QueryTestFile, errors)
  if (description === null) return []
  const { value, fault } = description
  const sqlTemplate = files.get(`${place}.sql`)
  if (value.id !== name) errors.push(fault(['id'], 'must be the name of the file'))
  errors.push(...templateFaults(description, tests))
  if (sqlTemplate === undefined) {
    errors.push(fault(['id'], `has no query: ${place}.sql is missing`))
    return []
  }
  return [{ fault, value: { ...value, sqlTemplate, tests: tests?.value.tests ?? [] } }]
}

function readExampleFile(file: string, source: string, slug: string, text: string, errors: CatalogueError[]) {
  const refuse = (message: string) => {
    errors.push({ file, line: 1, field: '', message })
    return []
  }
  const example = readExample(source, slug, text)
  if (example === null) return refuse('must begin with the comments "-- title: …" and "-- answers: …"')
  const { error } = ExampleQuery.safeParse(example)
  if (error === undefined) return [{ file, example }]
  const [issue] = error.issues
  return refuse(issue?.path[0] === 'slug' ? `the name of the file ${issue.message}` : 'has no query')
}
