import type { ParameterDeclaration, WorkflowContent } from '@recomamp/contracts'
import { workbench } from '#messages/workbench.ts'
import { readWallClock } from './window-choice.ts'

type Value = WorkflowContent['values'][string]
const t = workbench.parameters.errors

/** The value that a run would use: the given one, else the declared default; undefined where there is none. */
export function effectiveValue(declaration: ParameterDeclaration, given: Value | undefined): Value | undefined {
  const empty = given === undefined || given === '' || (Array.isArray(given) && given.length === 0)
  if (!empty) return given
  if (declaration.default !== undefined) return declaration.default
  return declaration.list && declaration.whenEmpty === 'all' ? [] : undefined
}

/** What is wrong with a value, in words for its field; null when it can be sent. */
export function valueFault(declaration: ParameterDeclaration, given: Value | undefined): string | null {
  const value = effectiveValue(declaration, given)
  if (value === undefined) return t.missing(declaration.name)
  const faults = (Array.isArray(value) ? value : [value]).map((each) => scalarFault(declaration.type, each))
  return faults.find((fault) => fault !== null) ?? null
}

function scalarFault(type: ParameterDeclaration['type'], value: string | number | boolean | null): string | null {
  if (value === null) return null
  const text = String(value).trim()
  switch (type) {
    case 'STRING':
      return null
    case 'INTEGER':
    case 'LONG':
      return /^[+-]?\d+$/.test(text) ? null : t.integer
    case 'DECIMAL':
    case 'DOUBLE':
      return text !== '' && Number.isFinite(Number(text)) ? null : t.number
    case 'BOOLEAN':
      return /^(true|false)$/i.test(text) ? null : t.boolean
    case 'DATE':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) && readWallClock(text).ok ? null : t.date
    case 'TIMESTAMP':
      return readWallClock(text).ok ? null : t.timestamp
  }
}
