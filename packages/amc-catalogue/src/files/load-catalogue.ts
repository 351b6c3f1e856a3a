import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from '../model/catalogue.ts'
import type { QueryTemplateFile } from '../model/template.ts'
import { catalogueErrorText } from './catalogue-error.ts'
import { parseCatalogue } from './parse-catalogue.ts'

const root = join(import.meta.dirname, '../..')

let bundled: Catalogue | undefined

/** The catalogue that ships with the product, retired tables included; read once per process. */
export function loadCatalogue(): Catalogue {
  bundled ??= read()
  return bundled
}

function read(): Catalogue {
  const parsed = parseCatalogue(bundledFiles())
  if (!parsed.ok) throw new Error(`The catalogue is broken:\n${parsed.errors.map(catalogueErrorText).join('\n')}`)
  return parsed.catalogue
}

/** The files of the catalogue that ships with the product, by their paths. */
export function bundledFiles(): Map<string, string> {
  const files = ['data-sources', 'examples', 'templates'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  return new Map(
    [...files, join(root, 'relationships.json')].map((file) => [
      file.slice(root.length + 1).replaceAll('\\', '/'),
      readFileSync(file, 'utf8'),
    ]),
  )
}

/** The analyses that ship with the product, sorted by id. */
export function loadTemplates(): readonly QueryTemplateFile[] {
  return loadCatalogue().templates
}
