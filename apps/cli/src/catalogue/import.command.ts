import { isDeepStrictEqual } from 'node:util'
import { type Catalogue, loadCatalogue } from '@recomamp/amc-catalogue'
import { CommandFailed, UsageError } from '../command-line/command-failed.ts'
import { dataFolder } from '../command-line/data-folder.ts'
import { leaf } from '../command-line/dispatch.ts'
import { parseOptions } from '../command-line/options.ts'
import type { Session } from '../command-line/session.ts'
import { counted } from '../command-line/text.ts'
import { readCatalogue } from './read-catalogue.ts'

const help = `recomamp catalogue import [--check] [--data-dir FOLDER] FILE|FOLDER
recomamp catalogue import --shipped [--data-dir FOLDER]

Makes the server go by a catalogue of AMC data: its JSON export, or a folder of the form that docs/catalogue.md describes. All of it is
taken over or nothing: what is wrong is named by file, line and field. Importing the same again changes nothing.

On PostgreSQL it runs beside servers, which take it over with their next answer; for the embedded database the server must be stopped.

  --check             read and check only, and compare with the catalogue that ships
  --shipped           go back to the catalogue that ships with RecomAMP
  --data-dir FOLDER   the server's folder (DATA_DIR, or .data)
`

export const importCommand = leaf(help, async (args, session) => {
  const { values, positionals } = parseOptions(args, {
    check: { type: 'boolean' },
    shipped: { type: 'boolean' },
    'data-dir': { type: 'string' },
  })
  const [given, unexpected] = positionals
  if (values.shipped === true) {
    if (given !== undefined || values.check === true) throw new UsageError('--shipped stands alone')
    return importNow(null, values['data-dir'], session)
  }
  if (given === undefined) throw new UsageError('Name the JSON export or the folder of a catalogue')
  if (unexpected !== undefined) throw new UsageError(`There is one catalogue; ${unexpected} is one too many`)
  const read = await readCatalogue(given, session.cwd)
  await session.stdout.write(`${given}: ${sizeOf(read.catalogue)}\n`)
  if (values.check === true) {
    await session.stdout.write(`${comparison(read.catalogue, read.partial)}\n`)
    return 0
  }
  if (read.partial)
    throw new CommandFailed(1, `${given} is an export of some data sources; to go by it would lose all others`)
  return importNow(read, values['data-dir'], session)
})

async function importNow(
  given: { catalogue: Catalogue; path: string } | null,
  folder: string | undefined,
  session: Session,
): Promise<number> {
  const { importInto, isExpectedFault } = await import('@recomamp/server/commands')
  const env = { ...session.env, DATA_DIR: dataFolder(folder, session) }
  const changed = await importInto(env, given, session.now()).catch((error: unknown) => {
    throw isExpectedFault(error) ? new CommandFailed(1, error.message, { cause: error }) : error
  })
  const lines = Object.entries(changed).flatMap(([kind, { added, changed, removed }]) =>
    added + changed + removed === 0 ? [] : [`${kind}: ${added} added, ${changed} changed, ${removed} removed`],
  )
  await session.stdout.write(`${lines.length === 0 ? 'Nothing changed.' : lines.join('\n')}\n`)
  return 0
}

function sizeOf({ dataSources, examples, relationships, templates }: Catalogue): string {
  const fields = dataSources.reduce((sum, source) => sum + source.fields.length, 0)
  return [
    counted(dataSources.length, 'data source'),
    counted(fields, 'field'),
    counted(examples.length, 'example'),
    counted(relationships.length, 'relationship'),
    counted(templates.length, 'template'),
  ].join(', ')
}

function comparison(catalogue: Catalogue, partial: boolean): string {
  const shipped = loadCatalogue()
  const ours = new Map(shipped.dataSources.map((source) => [source.name, source]))
  const theirs = new Map(catalogue.dataSources.map((source) => [source.name, source]))
  const added = [...theirs.keys()].filter((name) => !ours.has(name))
  const changed = [...theirs].filter(([name, source]) => ours.has(name) && !isDeepStrictEqual(ours.get(name), source))
  const missing = partial ? [] : [...ours.keys()].filter((name) => !theirs.has(name))
  const lists = [
    ['added', added],
    ['changed', changed.map(([name]) => name)],
    ['missing', missing],
  ] as const
  const parts = lists.flatMap(([word, names]) => (names.length === 0 ? [] : [`${word}: ${names.join(', ')}`]))
  for (const kind of ['examples', 'relationships', 'templates'] as const)
    if (!partial && !isDeepStrictEqual(catalogue[kind], shipped[kind])) parts.push(`other ${kind}`)
  if (parts.length > 0) return `Differs from the catalogue that ships with RecomAMP; ${parts.join('; ')}.`
  return `Equal to ${partial ? 'its part of ' : ''}the catalogue that ships with RecomAMP.`
}
