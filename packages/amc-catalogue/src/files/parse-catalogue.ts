import { z } from 'zod'
import type { Catalogue } from '../model/catalogue.ts'
import { DataSource } from '../model/data-source.ts'
import { ExampleQuery, readExample } from '../model/example.ts'
import { Relationship } from '../model/relationship.ts'
import { TemplateDescription, type QueryTemplateFile } from '../model/template.ts'
import type { CatalogueError } from './catalogue-error.ts'
import { crossFaults, type ReadSource } from './cross-checks.ts'
import { readJson, type JsonFile } from './json-file.ts'

export type ParsedCatalogue = { ok: true; catalogue: Catalogue } | { ok: false; errors: CatalogueError[] }

/**
 * Reads the files of a catalogue folder, given as texts by their paths in it: `data-sources/<name>.json`,
 * `examples/<source>/<slug>.sql`, `relationships.json`, `templates/<id>.json` with `<id>.sql`. Other files are left alone. Either
 * everything is right, or every fault is listed with its file, line and field.
 */
export function parseCatalogue(files: ReadonlyMap<string, string>): ParsedCatalogue {
  const errors: CatalogueError[] = []
  const read: Reading = { sources: [], examples: [], templates: [], relationships: null }
  for (const file of [...files.keys()].toSorted()) readFile(file, files, read, errors)
  // A file that could not be read would make every name in it unknown.
  if (errors.length === 0) errors.push(...crossFaults(read))
  if (errors.length > 0) return { ok: false, errors }
  const { sources, examples, templates, relationships } = read
  return {
    ok: true,
    catalogue: {
      dataSources: sources.map(({ value }) => value),
      examples: examples.map(({ example }) => example),
      relationships: relationships?.value ?? [],
      templates,
    },
  }
}

interface Reading {
  sources: ReadSource[]
  examples: { file: string; example: ExampleQuery }[]
  templates: QueryTemplateFile[]
  relationships: JsonFile<Relationship[]> | null
}

function readFile(file: string, files: ReadonlyMap<string, string>, read: Reading, errors: CatalogueError[]): void {
  const text = files.get(file) ?? ''
  const parts =
    /^(?:(data-sources|templates)\/([^/]+)\.json|examples\/([^/]+)\/([^/]+)\.sql|relationships\.json)$/.exec(file)
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
    const json = readJson(file, text, TemplateDescription, errors)
    if (json === null) return
    const sqlTemplate = files.get(`templates/${name}.sql`)
    if (json.value.id !== name) errors.push(json.fault(['id'], 'must be the name of the file'))
    if (sqlTemplate === undefined) errors.push(json.fault(['id'], `has no query: templates/${name}.sql is missing`))
    else read.templates.push({ ...json.value, sqlTemplate })
  } else read.relationships = readJson(file, text, z.array(Relationship), errors)
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
