import * as language from '@recomamp/amc-sql'
import type { Diagnostic, ParameterValues, Schema, Threshold } from '@recomamp/amc-sql'

export interface OutputColumn {
  name: string
  type: string
  precision?: number
  scale?: number
  role: 'DIMENSION' | 'METRIC'
  threshold: Threshold
}
export interface CustomParameter {
  name: string
}
export interface LowerOptions {
  schema: Schema
  window: { start: string; end: string }
  parameterValues?: ParameterValues
  customParameters?: readonly CustomParameter[]
  privacy: null | {
    behavior: 'REMOVE_ROWS' | 'REMOVE_VALUES'
    discriminatorColumn?: string
    userCountColumn?: string
    reasonColumn?: string
  }
}
type Lowered = { ok: true; sql: string; columns: OutputColumn[] } | { ok: false; diagnostics: Diagnostic[] }
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
export const lower = (language as unknown as { lower: (text: string, options: LowerOptions) => Lowered }).lower
