import type { CheckedFile } from '../check/check-file.ts'

/** A report that grows with each file; what is returned is to be printed at once. */
export interface Report {
  file(checked: CheckedFile & { ok: true }): string
  end(): string
}
