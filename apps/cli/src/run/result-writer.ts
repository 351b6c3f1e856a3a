import type { LocalValue } from '@recomamp/amc-local'
import type { OutputColumn } from '@recomamp/amc-sql'

/** Turns a result into text, batch by batch; what is returned is to be printed at once. */
export interface ResultWriter {
  begin(columns: readonly OutputColumn[]): string
  rows(batch: readonly LocalValue[][]): string
  end(): string
}
