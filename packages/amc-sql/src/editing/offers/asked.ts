import type { ParameterDeclaration } from '../../parameters.ts'
import type { CustomParameter } from '../../resolve/custom-parameter.ts'
import type { Source } from '../../resolve/resolution.ts'
import type { Schema } from '../../schema.ts'
import type { Place } from '../place.ts'
import type { SelectPlace } from '../selects.ts'

export interface CompleteOptions {
  /** The `{{name}}` parameters that are declared; those that the text uses are offered too. */
  declared?: readonly ParameterDeclaration[]
  /** The parameters that `CUSTOM_PARAMETER('name')` can read. */
  customParameters?: readonly CustomParameter[]
  /** Offer the tables for audiences first; without it the tables that the text reads tell. */
  audience?: boolean
}

/** A place that completion is asked for, with what can be named there. */
export interface Asked {
  place: Place
  schema: Schema
  options: CompleteOptions
  /** The SELECT around the place; null before it. */
  select: SelectPlace | null
  /** The members of its FROM. */
  sources: readonly Source[]
  /** Keywords and functions are written in lower case. */
  lower: boolean
}

/** Keywords in the case that the text uses; text in quotes and the places of a snippet stay as they are. */
export function cased(asked: { lower: boolean }, text: string): string {
  if (!asked.lower) return text
  return text.replaceAll(/'[^']*'|\$\{[^{}]*\}|[A-Z]\w*/g, (word) => (/^[A-Z]/.test(word) ? word.toLowerCase() : word))
}
