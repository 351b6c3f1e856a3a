import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { analyze } from '@recomamp/amc-sql'
import { findingOf } from '../check/finding.ts'
import { LineIndex } from '../check/line-index.ts'
import { leaf } from '../command-line/dispatch.ts'
import { parseOptions } from '../command-line/options.ts'
import { explain as explainAnalysis } from '../explain/explanation.ts'
import { explanationText } from '../explain/explanation-text.ts'
import { lowerQuery } from '../explain/lower-query.ts'
import { withStandIns } from '../explain/stand-ins.ts'
import { customParametersOf } from '../parameters/custom-parameter.ts'
import { queryParameters } from '../parameters/query-parameters.ts'
import { diagnosticJson } from '../report/json-report.ts'
import { windowText } from '../run/read-window.ts'
import { readRunSettings, runOptions, runOptionsHelp } from '../run/run-options.ts'
import { tellDiagnostics } from '../run/tell-diagnostics.ts'
import { readOne } from '../sources/read-source.ts'

const help = `recomamp sql explain [FILE|-]

Says what a query is made of: its columns with type, privacy class and the columns of source tables that they come from, the tables with
their time windows, the parameters, how many users a row needs, and the DuckDB SQL that the local engine runs. Parameters without a
value get a stand-in.

${runOptionsHelp}\
  --json                  the same for other programs

Exit code: 0, 1 when AMC would refuse the query (what is wrong goes to standard error), 2 for wrong usage.
`

export const explain = leaf(help, async (args, session) => {
  const { values, positionals } = parseOptions(args, { ...runOptions, json: { type: 'boolean', default: false } })
  const settings = readRunSettings(values, session)
  const source = await readOne(positionals, session)

  const schema = loadSchema()
  const parameters = withStandIns(queryParameters(source.text, schema, settings))
  const lowered = lowerQuery(source.text, parameters, schema, settings)
  const customParameters = customParametersOf(parameters)
  const explanation = explainAnalysis(analyze(lowered.text, schema, { customParameters }), parameters)
  const { sql, diagnostics } = lowered
  if (values.json) {
    const lines = new LineIndex(source.text)
    const found = diagnostics.map((one) => diagnosticJson(findingOf(one, lines)))
    const all = { ...explanation, window: settings.window, sql, diagnostics: found }
    await session.stdout.write(`${JSON.stringify(all, null, 2)}\n`)
  } else {
    await tellDiagnostics(source, diagnostics, session.stderr)
    await session.stdout.write(explanationText(explanation, { window: windowText(settings.window), sql }))
  }
  return sql === null ? 1 : 0
})
