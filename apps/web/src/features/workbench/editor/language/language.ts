import type { ParameterDeclaration, Schema } from '@recomamp/amc-sql'
import { toCustomParameter } from '@recomamp/amc-sql/conversion'
import { complete, definitionAt, hover, outline, renamableAt, rename, signatureHelp } from '@recomamp/amc-sql/editing'
import { formatEdits } from '@recomamp/amc-sql/format'
import type { StudyInput } from './study.ts'
import { studyText } from './study-text.ts'

let tables: Schema | null = null
const none: Schema = { tables: [] }

/** All that the editor asks about AMC SQL. It takes and answers plain data, because it runs beside the page. */
export const language = {
  /** The tables that everything later speaks of. */
  learn: (schema: Schema | null) => void (tables = schema),
  study: (input: StudyInput) => studyText(input, tables),
  complete: (text: string, offset: number, declared: readonly ParameterDeclaration[]) =>
    complete(text, offset, tables ?? none, { declared }),
  hover: (text: string, offset: number, declared: readonly ParameterDeclaration[]) =>
    hover(text, offset, tables ?? none, { declared }),
  signature: (text: string, offset: number) => signatureHelp(text, offset, tables ?? none),
  definition: (text: string, offset: number) => definitionAt(text, offset, tables ?? none),
  renamable: (text: string, offset: number) => renamableAt(text, offset, tables ?? none),
  rename: (text: string, offset: number, name: string, declared: readonly ParameterDeclaration[]) =>
    rename(text, offset, name, tables ?? none, { declared }),
  outline: (text: string) => outline(text, tables ?? none),
  format: (text: string) => formatEdits(text),
  toCustomParameter: (text: string, name: string, declared: readonly ParameterDeclaration[]) =>
    toCustomParameter(text, name, declared, tables ?? none),
}

export type Language = typeof language
