import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { UsageError } from '../command-line/command-failed.ts'
import { leaf } from '../command-line/dispatch.ts'
import { parseOptions } from '../command-line/options.ts'
import { counted } from '../command-line/text.ts'
import { testedText } from '../query-tests/test-report.ts'
import { testQuery, testsOf } from '../query-tests/test-query.ts'
import { findFiles, standardInput } from '../sources/find-files.ts'

const help = `recomamp sql test FILE|FOLDER…

Runs the tests of queries: rows in, rows out. The tests of query.sql stand in query.tests.json beside it; a folder stands for every
.sql file below it that has such a file. No account, no server and no synthetic data is needed.

  --json                  {"results": [{"file", "test", "outcome"}]}

Exit code: 0 when all of them pass, 1 when one fails, 2 for wrong usage or a file that cannot be read.
`

export const test = leaf(help, async (args, session) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean', default: false } })
  if (positionals.length === 0 || positionals.includes(standardInput))
    throw new UsageError('Name a file or a folder: the tests of a query stand beside its file')
  const { files, faults } = await findFiles(positionals, session)
  const named = new Set(positionals)
  const tested = files.filter((file) => named.has(file) || existsSync(resolve(session.cwd, testsOf(file))))
  if (tested.length === 0 && faults.length === 0)
    throw new UsageError('There is no query with tests; those of query.sql stand in query.tests.json beside it')
  const schema = loadSchema()
  const results: { file: string; test: string; outcome: unknown }[] = []
  let failed = 0
  for (const file of tested) {
    const answer = await testQuery(file, resolve(session.cwd, file), schema)
    if (!answer.ok) {
      faults.push(...answer.faults)
      continue
    }
    failed += answer.file.results.filter(({ outcome }) => outcome.kind !== 'passed').length
    results.push(...answer.file.results.map(({ name, outcome }) => ({ file, test: name, outcome })))
    if (!values.json) await session.stdout.write(testedText(answer.file, session.stdout.stream))
  }
  if (values.json) await session.stdout.write(`${JSON.stringify({ results }, null, 2)}\n`)
  else
    await session.stdout.write(
      `${counted(results.length, 'test')}, ${failed === 0 ? 'all pass' : `${failed} failed`}\n`,
    )
  await session.stderr.write(faults.map((fault) => `${fault}\n`).join(''))
  if (faults.length > 0) return 2
  return failed > 0 ? 1 : 0
})
