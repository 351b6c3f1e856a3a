import { type Hints, type ParameterDeclaration, parse, type Schema } from '@recomamp/amc-sql'
import type { StudyInput } from './study.ts'
import { studyText } from './study-text.ts'

let tables: Schema | null = null
const none: Schema = { tables: [] }
let hints: Hints | null = null

/** What the editor asks at a cursor is loaded when it gets the focus. */
const editing = () => import('@recomamp/amc-sql/editing')

/** All that the editor asks about AMC SQL. It takes and answers plain data, because it runs beside the page. */
export const language = {
  /** The tables that everything later speaks of. */
  learn: (schema: Schema | null) => void (tables = schema),
  /** The rules about what AMC would run but is likely not meant; studies without them say so. */
  async learnHints() {
    hints = (await import('@recomamp/amc-sql/hints')).hints
  },
  async learnEditing() {
    await editing()
  },
  study: (input: StudyInput) => studyText(input, tables, hints),
  complete: async (text: string, offset: number, declared: readonly ParameterDeclaration[]) =>
    (await editing()).complete(text, offset, tables ?? none, { declared }),
  hover: async (text: string, offset: number, declared: readonly ParameterDeclaration[]) =>
    (await editing()).hover(text, offset, tables ?? none, { declared }),
  signature: async (text: string, offset: number) => (await editing()).signatureHelp(text, offset, tables ?? none),
  definition: async (text: string, offset: number) => (await editing()).definitionAt(text, offset, tables ?? none),
  renamable: async (text: string, offset: number) => (await editing()).renamableAt(text, offset, tables ?? none),
  rename: async (text: string, offset: number, name: string, declared: readonly ParameterDeclaration[]) =>
    (await editing()).rename(text, offset, name, tables ?? none, { declared }),
  /** Whether a text is a whole query, as a selection must be to run by itself. */
  isQuery(text: string) {
    const { query, diagnostics } = parse(text)
    return query !== null && !diagnostics.some(({ severity }) => severity === 'error')
  },
  partQuery: async (text: string, offset: number) => (await editing()).partQueryAt(text, offset, tables ?? none),
  outline: async (text: string) => (await editing()).outline(text, tables ?? none),
  snippets: async () => (await editing()).snippets(),
  format: async (text: string) => (await import('@recomamp/amc-sql/format')).formatEdits(text),
  toCustomParameter: async (text: string, name: string, declared: readonly ParameterDeclaration[]) =>
    (await import('@recomamp/amc-sql/conversion')).toCustomParameter(text, name, declared, tables ?? none),
}

export type Language = typeof language
