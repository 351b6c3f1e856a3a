import { localSchema } from '@recomamp/amc-local'
import { nearestName, toTemplateRange, utcWindow } from '@recomamp/amc-sql'
import { UsageError } from '../command-line/command-failed.ts'
import { dataFolder, syntheticFolder } from '../command-line/data-folder.ts'
import { leaf } from '../command-line/dispatch.ts'
import { parseOptions } from '../command-line/options.ts'
import { queryParameters } from '../parameters/query-parameters.ts'
import { compileQuery } from '../run/compile-query.ts'
import { formats } from '../run/formats.ts'
import { windowText } from '../run/read-window.ts'
import type { ResultWriter } from '../run/result-writer.ts'
import { runLocally } from '../run/run-locally.ts'
import { readRunSettings, runOptions, runOptionsHelp } from '../run/run-options.ts'
import { tellDiagnostics } from '../run/tell-diagnostics.ts'
import { readOne } from '../sources/read-source.ts'

const help = `recomamp sql run [FILE|-]

Runs a query on synthetic data of this machine; no server and no account is needed. The result goes to standard output, everything else
to standard error.

${runOptionsHelp}\
  --format FORMAT         csv, in the text of AMC's result files; json, one object a row; table, for people (csv)
  --data-dir FOLDER       where the synthetic data is, or is made (DATA_DIR, or .data)

Exit code: 0 when it ran, 1 when the query was refused or failed, 2 for wrong usage, 130 after Ctrl-C.
`

export const run = leaf(help, async (args, session) => {
  const { values, positionals } = parseOptions(args, {
    ...runOptions,
    format: { type: 'string', default: 'csv' },
    'data-dir': { type: 'string' },
  })
  const writer = writerOf(values.format)
  const settings = readRunSettings(values, session)
  const folder = syntheticFolder(dataFolder(values['data-dir'], session))
  const source = await readOne(positionals, session)

  const schema = localSchema()
  const parameters = queryParameters(source.text, schema, settings)
  const compiled = compileQuery(source.text, parameters, schema, settings)
  await tellDiagnostics(source, compiled.ok ? compiled.warnings : compiled.diagnostics, session.stderr)
  if (!compiled.ok) return 1
  const { sourceMap, ...query } = compiled.query
  const { window } = settings
  await session.stderr.write(`Window: ${windowText(window)}\n`)
  const refused = await runLocally(folder, { ...query, window: utcWindow(window) }, writer, session)
  if (refused === null) return 0
  const inText = refused.map((one) => ({ ...one, ...toTemplateRange(sourceMap, one) }))
  await tellDiagnostics(source, inText, session.stderr)
  return 1
})

function writerOf(format: string): ResultWriter {
  const make = Object.hasOwn(formats, format) ? formats[format] : undefined
  if (make !== undefined) return make()
  const nearest = nearestName(format, Object.keys(formats))
  const hint = nearest === null ? 'it is csv, json or table' : `did you mean ${nearest}?`
  throw new UsageError(`There is no --format ${format}; ${hint}`)
}
