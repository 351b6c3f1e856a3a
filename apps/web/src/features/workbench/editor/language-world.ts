import type { ParameterDeclaration, Schema } from '@recomamp/amc-sql'

/** What the language is told beside the text. */
export interface LanguageWorld {
  /** Null until the tables are there. */
  schema: Schema | null
  declared: readonly ParameterDeclaration[]
}
