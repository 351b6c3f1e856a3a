import { nearestName, type ParameterValue } from '@recomamp/amc-sql'
import { UsageError } from '../command-line/command-failed.ts'
import { readValue } from './read-value.ts'

/** `--param NAME=VALUE`: the values by name; a name that comes again makes a list. */
export function readValues(written: readonly string[] | undefined): Map<string, ParameterValue> {
  const values = new Map<string, ParameterValue>()
  for (const text of written ?? []) {
    const equals = text.indexOf('=')
    if (equals < 1) throw new UsageError(`--param ${text} is not NAME=VALUE`)
    const name = text.slice(0, equals)
    const value = readValue(text.slice(equals + 1))
    const before = values.get(name)
    values.set(name, before === undefined ? value : [before, value].flat())
  }
  return values
}

/** A value for a parameter that the query lacks is a slip of the pen. */
export function requireKnown(values: ReadonlyMap<string, ParameterValue>, known: readonly string[]): void {
  for (const name of values.keys()) {
    if (known.includes(name)) continue
    const nearest = nearestName(name, known)
    const hint = nearest === null ? '' : `; did you mean ${nearest}?`
    throw new UsageError(`--param ${name}: the query has no parameter of this name${hint}`)
  }
}
