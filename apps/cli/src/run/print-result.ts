import type { LocalResult } from '@recomamp/amc-local'
import type { LowerOptions } from '@recomamp/amc-sql/lower'
import type { Output } from '../command-line/output.ts'
import { counted } from '../command-line/text.ts'
import type { ResultWriter } from './result-writer.ts'

export interface Printed {
  rows: number
  /** Rows that lost values to the privacy rules; null where nobody asked for the column that tells. */
  blanked: number | null
}

/** Prints a result batch by batch, never holding more than one; ends early when its reader is gone. */
export async function printResult(
  result: LocalResult & { ok: true },
  writer: ResultWriter,
  privacy: LowerOptions['privacy'],
  output: Output,
): Promise<Printed> {
  const told = result.columns.findIndex(({ name }) => name === privacy?.discriminatorColumn)
  const printed: Printed = { rows: 0, blanked: told === -1 ? null : 0 }
  await output.write(writer.begin(result.columns))
  for await (const batch of result.batches) {
    printed.rows += batch.length
    if (printed.blanked !== null) printed.blanked += batch.filter((row) => row[told] === true).length
    await output.write(writer.rows(batch))
    if (!output.isOpen) return printed
  }
  await output.write(writer.end())
  return printed
}

/** The fewest people that a rule-based audience may have (guide audiences). */
const leastAudience = 2000

/** What is known of a result, in a sentence. */
export function summaryOf({ rows, blanked }: Printed, privacy: LowerOptions['privacy'], audience: boolean): string {
  if (audience)
    return `An audience of ${rows} synthetic people; AMC makes one from ${leastAudience} on and shows nobody in it`
  const count = `${counted(rows, 'row')} of synthetic data`
  if (privacy === null) return `${count}, with the privacy rules off`
  if (blanked !== null) return `${count}, ${counted(blanked, 'row')} with values blanked`
  const cause =
    rows === 0 ? 'there may be none, or all may be below their thresholds' : 'rows below their threshold are left out'
  return `${count}; ${cause}, and AMC does not say how many`
}
