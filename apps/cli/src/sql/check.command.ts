import { resolve } from 'node:path'
import type { FileToCheck } from '../check/check-file.ts'
import { checkFiles } from '../check/check-files.ts'
import { UsageError } from '../command-line/command-failed.ts'
import { leaf } from '../command-line/dispatch.ts'
import { parseOptions } from '../command-line/options.ts'
import type { Output } from '../command-line/output.ts'
import type { Session } from '../command-line/session.ts'
import { counted } from '../command-line/text.ts'
import { readDeclarations } from '../parameters/read-declarations.ts'
import { humanReport } from '../report/human-report.ts'
import { jsonReport } from '../report/json-report.ts'
import type { Report } from '../report/report.ts'
import { sarifReport } from '../report/sarif-report.ts'
import { findFiles, nameOf, standardInput } from '../sources/find-files.ts'
import { readInput } from '../sources/read-text.ts'

const help = `recomamp sql check [FILE|FOLDER|-]…

Finds what AMC would refuse, and what would come out wrong. A folder stands for every .sql file below it; - or nothing reads standard
input.

  --json                       {"diagnostics": […]}, for several files or a folder an array of these with "file"
  --sarif                      SARIF 2.1.0, for code review
  --fix                        mend what can be mended without a choice of yours, and report what is left; for standard input the
                               mended text goes to standard output and the report to standard error
  --declare NAME:TYPE[=VALUE]  a parameter that exists; TYPE is STRING, INTEGER, LONG, DECIMAL, DOUBLE, BOOLEAN, DATE or TIMESTAMP,
                               TYPE[] a list. Without it an undeclared parameter is a hint, with it an error
  --audience                   treat every query as an audience query

Exit code: 0 when there is no error, 1 when there is, 2 for wrong usage or a file that cannot be read.
`

export const check = leaf(help, async (args, session) => {
  const { values, positionals } = parseOptions(args, {
    json: { type: 'boolean', default: false },
    sarif: { type: 'boolean', default: false },
    audience: { type: 'boolean', default: false },
    fix: { type: 'boolean', default: false },
    declare: { type: 'string', multiple: true },
  })
  if (values.json && values.sarif) throw new UsageError('--json and --sarif exclude each other')
  const { audience, fix } = values
  const declared = readDeclarations(values.declare)
  const { files, isOne, faults } = await findFiles(positionals, session)
  const readsInput = files.includes(standardInput)
  const output = fix && readsInput ? session.stderr : session.stdout
  const report = reportOf(values, isOne, output, session)

  let hasErrors = false
  let mended = 0
  const toCheck = await Promise.all(files.map((file) => toFile(file, session)))
  for await (const checked of checkFiles(toCheck, { declared, audience, fix })) {
    if (!checked.ok) {
      faults.push(`${nameOf(checked.name)}: ${checked.fault}`)
      continue
    }
    hasErrors ||= checked.findings.some(({ severity }) => severity === 'error')
    mended += checked.mended
    if (fix && checked.text !== null) await session.stdout.write(checked.text)
    await output.write(report.file(checked))
  }
  await output.write(report.end())
  if (fix) await session.stderr.write(`${counted(mended, 'finding')} mended\n`)
  await session.stderr.write(faults.map((fault) => `${fault}\n`).join(''))
  if (faults.length > 0) return 2
  return hasErrors ? 1 : 0
})

function reportOf(
  { json, sarif }: { json: boolean; sarif: boolean },
  isOne: boolean,
  output: Output,
  { version, cwd }: Session,
): Report {
  if (sarif) return sarifReport(version, cwd)
  return json ? jsonReport(isOne) : humanReport(output.stream)
}

async function toFile(file: string, session: Session): Promise<FileToCheck> {
  if (file === standardInput) return { name: file, source: { read: await readInput(session.stdin) } }
  return { name: file, source: { path: resolve(session.cwd, file) } }
}
