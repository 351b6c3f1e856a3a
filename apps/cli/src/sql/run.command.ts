import { localSchema } from '@recomamp/amc-local'
import { nearestName, toTemplateRange, utcWindow } from '@recomamp/amc-sql'
import { UsageError } from '../command-line/command-failed.ts'
import { dataFolder, syntheticFolder } from '../command-line/data-folder.ts'
import { leaf } from '../command-line/dispatch.ts'
import { parseOptions } from '../command-line/options.ts'
import { queryParameters } from '../parameters/query-parameters.ts'
import { readDeclarations } from '../parameters/read-declarations.ts'
import { readValues } from '../parameters/read-values.ts'
import { compileQuery, privacyMode } from '../run/compile-query.ts'
import { formats } from '../run/formats.ts'
import { readWindow, windowText } from '../run/read-window.ts'
import type { ResultWriter } from '../run/result-writer.ts'
import { runLocally } from '../run/run-locally.ts'
import { tellDiagnostics } from '../run/tell-diagnostics.ts'
import { readOne } from '../sources/read-one.ts'

const help = `recomamp sql run [FILE|-]

Runs a query on synthetic data of this machine; no server and no account is needed. The result goes to standard output, everything else
to standard error.

  --param NAME=VALUE      value of a {{NAME}} or CUSTOM_PARAMETER('NAME'); a list is written as a JSON array or by naming it again
  --declare NAME:TYPE     type of a parameter where the query does not tell it; TYPE[] is a list, NAME:TYPE=VALUE gives a default
  --window-start T        start of the time window, 2025-07-15T00:00:00 or 2025-07-15
  --window-end T          its end, exclusive; without a window the seven days that ended 14 days ago
  --time-zone ZONE        zone of the window, such as America/New_York (UTC)
  --format FORMAT         csv, in the text of AMC's result files; json, one object a row; table, for people (csv)
  --blank-values          keep rows below their threshold and blank their values, as AMC does when it is asked to
  --no-privacy            every row, as in a sandbox with aggregation controls off
  --data-dir FOLDER       where the synthetic data is, or is made (DATA_DIR, or .data)

Exit code: 0 when it ran, 1 when the query was refused or failed, 2 for wrong usage, 130 after Ctrl-C.
`

export const run = leaf(help, async (args, session) => {
  const { values, positionals } = parseOptions(args, {
    param: { type: 'string', multiple: true },
    declare: { type: 'string', multiple: true },
    'window-start': { type: 'string' },
    'window-end': { type: 'string' },
    'time-zone': { type: 'string' },
    format: { type: 'string', default: 'csv' },
    'blank-values': { type: 'boolean' },
    'no-privacy': { type: 'boolean' },
    'data-dir': { type: 'string' },
  })
  const writer = writerOf(values.format)
  const privacy = privacyMode(values)
  const now = session.now()
  const window = readWindow(values, now)
  const given = readValues(values.param)
  const declared = readDeclarations(values.declare) ?? []
  const folder = syntheticFolder(dataFolder(values['data-dir'], session))
  const source = await readOne(positionals, session)

  const schema = localSchema()
  const parameters = queryParameters(source.text, schema, declared, given)
  const compiled = compileQuery(source.text, parameters, { schema, window, privacy, now })
  await tellDiagnostics(source, compiled.ok ? compiled.warnings : compiled.diagnostics, session.stderr)
  if (!compiled.ok) return 1
  await session.stderr.write(`Window: ${windowText(window)}\n`)
  const { sql, sourceMap } = compiled
  const { customParameters, values: parameterValues } = parameters
  const query = { sql, window: utcWindow(window), privacy: compiled.privacy, customParameters, parameterValues }
  const refused = await runLocally(folder, query, writer, session)
  if (refused === null) return 0
  const inText = refused.map((one) => ({ ...one, ...toTemplateRange(sourceMap, one) }))
  await tellDiagnostics(source, inText, session.stderr)
  return 1
})

function writerOf(format: string): ResultWriter {
  const make = Object.hasOwn(formats, format) ? formats[format] : undefined
  if (make !== undefined) return make()
  const nearest = nearestName(format, Object.keys(formats))
  throw new UsageError(
    `There is no --format ${format}; ${nearest === null ? 'it is csv, json or table' : `did you mean ${nearest}?`}`,
  )
}
