import type { ParameterDeclaration, ParameterValue, ScalarValue } from '../parameters.ts'
import type { Placement } from './place.ts'
import { literalOf, readScalar, type Scalar, textOf } from './scalar.ts'

/** The declaration that a placeholder is filled by; `type` null lets each value keep its own. */
export interface Filling {
  name: string
  type: ParameterDeclaration['type'] | null
  list: boolean
}

export interface Refusal {
  ok: false
  code: string
  message: string
  help: string
}

export type Filled = { ok: true; text: string } | Refusal

/** The text that a value becomes where a placeholder stands, or why it cannot stand there. An empty list is for the caller. */
export function fill(placement: Placement, filling: Filling, given: ParameterValue): Filled {
  const read = readAll(filling, given)
  return read.ok ? place(placement, filling, read.scalars) : read
}

/** The rows of VALUES that hold a list. */
export function rowsOf(filling: Filling, given: ParameterValue): Filled {
  const read = readAll(filling, given)
  return read.ok ? rows(filling.name, 1, read.scalars) : read
}

/** Why a value does not fit its declaration; null where it does. */
export function misfit(filling: Filling, given: ParameterValue): Refusal | null {
  const read = readAll(filling, given)
  return read.ok ? null : read
}

type Read = { ok: true; scalars: Scalar[] } | Refusal

function readAll(filling: Filling, given: ParameterValue): Read {
  const { name } = filling
  if (Array.isArray(given) && !filling.list)
    return refuse('parameter-type', `${name} takes one value, but a list is given`, `Declare ${name} as a list`)
  const values = Array.isArray(given) ? given : [given]
  const scalars: Scalar[] = []
  for (const [index, value] of values.entries()) {
    const read = readScalar(value, filling.type)
    const which = Array.isArray(given) ? `value ${index + 1} of ${name}` : name
    if (!read.ok)
      return refuse(
        'parameter-type',
        `${capital(which)} is ${show(value)}, but must be ${read.expected}`,
        `Change ${which}`,
      )
    scalars.push(read.scalar)
  }
  return { ok: true, scalars }
}

function place(placement: Placement, filling: Filling, scalars: Scalar[]): Filled {
  const { name } = filling
  const kind = placement.place
  if (kind.kind === 'list') {
    const items =
      kind.width > 1 ? rows(name, kind.width, scalars) : { ok: true as const, text: scalars.map(literalOf).join(', ') }
    return items.ok && kind.bare ? { ok: true, text: `(${items.text})` } : items
  }
  if (kind.kind === 'rows') return rows(name, kind.columns, scalars)
  if (kind.kind === 'array') {
    if (filling.list) return { ok: true, text: `ARRAY[${scalars.map(literalOf).join(', ')}]` }
    return refuse('parameter-place', `${name} stands for an array, but is one value`, `Declare ${name} as a list`)
  }
  const [scalar] = scalars
  if (filling.list || scalar === undefined)
    return refuse(
      'parameter-place',
      `${name} is a list and cannot stand here`,
      `A list stands after IN or VALUES, in ARRAY[…] or in CONTAINED_IN(…), without quotes around it`,
    )
  return placeOne(kind, name, scalar)
}

type OneValue = Exclude<Placement['place'], { kind: 'list' | 'rows' | 'array' }>

function placeOne(kind: OneValue, name: string, scalar: Scalar): Filled {
  switch (kind.kind) {
    case 'value':
      return { ok: true, text: literalOf(scalar) }
    case 'condition':
      if (scalar.kind === 'boolean' || scalar.kind === 'null') return { ok: true, text: literalOf(scalar) }
      return refuse(
        'parameter-place',
        `${name} stands where a whole condition is expected, but its value is not true or false`,
        `Compare it with a column, or declare ${name} as BOOLEAN`,
      )
    case 'count':
      if (/^\d+$/.test(scalar.text)) return { ok: true, text: scalar.text }
      return refuse('parameter-place', `${name} must be a whole number of rows`, `Declare ${name} as INTEGER`)
    case 'position':
      if (/^[1-9]\d*$/.test(scalar.text)) return { ok: true, text: scalar.text }
      return refuse(
        'parameter-place',
        `${name} stands for a column of the result, which only a number can name`,
        `Declare ${name} as INTEGER and give the position of the column, or write its name in the query`,
      )
    case 'text':
      if (scalar.kind !== 'null') return { ok: true, text: textOf(scalar) }
      return refuse('parameter-type', `${name} is NULL and cannot be a part of a text`, `Give ${name} a value`)
    case 'interval':
      if (/^-?\d+(\.\d+)?$/.test(scalar.text)) return { ok: true, text: `'${scalar.text}'` }
      return refuse('parameter-place', `${name} must be a number in an INTERVAL`, `Declare ${name} as INTEGER`)
  }
}

/** F-10: one row for each value, or for each so many values where the rows have several columns. */
function rows(name: string, columns: number, scalars: Scalar[]): Filled {
  if (scalars.length % columns !== 0)
    return refuse(
      'parameter-columns',
      `${name} has ${scalars.length} values, which do not fill rows of ${columns} columns`,
      `Give the values row by row: their number must be a multiple of ${columns}`,
    )
  const text: string[] = []
  for (let at = 0; at < scalars.length; at += columns)
    text.push(
      `(${scalars
        .slice(at, at + columns)
        .map(literalOf)
        .join(', ')})`,
    )
  return { ok: true, text: text.join(', ') }
}

function refuse(code: string, message: string, help: string): Refusal {
  return { ok: false, code, message, help }
}

function show(value: ScalarValue): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function capital(text: string): string {
  return text.startsWith('value ') ? `V${text.slice(1)}` : text
}
