import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  type CatalogueError,
  catalogueErrorText,
  parseCatalogue,
  readJsonExport,
  type Catalogue,
} from '@recomamp/amc-catalogue'
import { CommandFailed } from '../command-line/command-failed.ts'
import { counted } from '../command-line/text.ts'
import { codeOf } from '../sources/find-files.ts'
import { readTextFile } from '../sources/read-text.ts'

/** Reads a JSON export, or a folder of the form of docs/catalogue.md; throws a CommandFailed that names every fault by file, line and
 *  field. `partial`: the export is a selection. */
export async function readCatalogue(
  given: string,
  cwd: string,
): Promise<{ catalogue: Catalogue; path: string; partial: boolean }> {
  const path = resolve(cwd, given)
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      throw new CommandFailed(2, `${given}: cannot be read (${codeOf(error)})`)
    },
  )
  if (isFolder) {
    const parsed = parseCatalogue(await textsBelow(path, given))
    if (!parsed.ok) throw refusal(parsed.errors, (file) => join(given, file))
    if (parsed.catalogue.dataSources.length === 0)
      throw new CommandFailed(1, `${given}: there is no data-sources/*.json in this folder`)
    return { catalogue: parsed.catalogue, path, partial: false }
  }
  const read = readJsonExport(given, await textOf(path, given))
  if (!read.ok) throw refusal(read.errors, (file) => file)
  return { catalogue: read.catalogue, path, partial: read.partial }
}

async function textsBelow(folder: string, given: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const texts = new Map<string, string>()
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .replaceAll('\\', '/')
    if (entry.isFile() && /^(?:data-sources|examples|templates)\/|^relationships\.json$/.test(file))
      texts.set(file, await textOf(join(folder, file), join(given, file)))
  }
  return texts
}

async function textOf(path: string, name: string): Promise<string> {
  const read = await readTextFile(path)
  if (!read.ok) throw new CommandFailed(2, `${name}: ${read.fault}`)
  return read.text
}

function refusal(errors: readonly CatalogueError[], nameOf: (file: string) => string): CommandFailed {
  const lines = errors.map((error) => catalogueErrorText({ ...error, file: nameOf(error.file) }))
  return new CommandFailed(1, `${lines.join('\n')}\n\n${counted(errors.length, 'fault')}; nothing was changed`)
}
