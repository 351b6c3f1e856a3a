import { LocalQueryError, type LocalQuery, openLocalEngine } from '@recomamp/amc-local'
import type { Diagnostic } from '@recomamp/amc-sql'
import { CommandFailed } from '../command-line/command-failed.ts'
import type { Session } from '../command-line/session.ts'
import { printResult, summaryOf } from './print-result.ts'
import type { ResultWriter } from './result-writer.ts'

/** AMC's own limit. */
const timeLimitMs = 21_600_000
/** A wait that a person wants explained. */
const noticedMs = 1000

/** Runs a query on the synthetic data of a folder and prints its rows; answers with what the language refused, or null. */
export async function runLocally(
  folder: string,
  { audience, ...query }: LocalQuery & { audience: boolean },
  writer: ResultWriter,
  { stdout, stderr, onStop }: Session,
): Promise<Diagnostic[] | null> {
  const engine = openLocalEngine({ folder })
  onStop(() => engine.close())
  const notice = setTimeout(() => {
    if (!engine.isReady()) void stderr.write(`Making the synthetic data in ${folder}, once a day\n`)
  }, noticedMs)
  try {
    const result = await engine.run(query, { timeLimitMs })
    if (!result.ok) return result.diagnostics
    const printed = await printResult(result, writer, query.privacy, stdout)
    if (stdout.isOpen) await stderr.write(`${summaryOf(printed, query.privacy, audience)}\n`)
    return null
  } catch (error) {
    throw error instanceof LocalQueryError ? new CommandFailed(1, error.message, { cause: error }) : error
  } finally {
    clearTimeout(notice)
    await engine.close()
  }
}
