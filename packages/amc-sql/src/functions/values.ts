import { decimal, meet, types, type AmcType } from '../resolve/types.ts'
import { alias, scalar, type FunctionEntry } from './entry.ts'

const first = (given: readonly AmcType[]): AmcType => given[0] ?? types.unknown
const toDouble = (): AmcType => types.double
const toText = (): AmcType => types.string

function common(given: readonly AmcType[]): AmcType {
  return given.reduce<AmcType>((so, type) => meet(so, type) ?? types.unknown, types.null)
}

/** A user id that is compared with text is text from there on. */
function nullifType(given: readonly AmcType[]): AmcType {
  const [value, other] = [first(given), given[1] ?? types.unknown]
  return value.kind === 'STRING' && other.kind === 'STRING' ? common([value, other]) : value
}

function extreme(name: string, description: string): FunctionEntry {
  return scalar(name, {
    signature: `${name}(number, number, …)`,
    description,
    accepts: ['any'],
    most: 100,
    result: common,
  })
}

const coalesce = scalar('COALESCE', {
  signature: 'COALESCE(value, value, …)',
  description: 'The first value that is not NULL.',
  accepts: ['any'],
  most: 100,
  result: common,
})

export const conditionalFunctions: readonly FunctionEntry[] = [
  coalesce,
  alias('IFNULL', coalesce),
  alias('NVL', coalesce),
  scalar('NULLIF', {
    signature: 'NULLIF(value, other)',
    description: 'NULL where both are equal, else the value.',
    accepts: ['any', 'any'],
    result: nullifType,
  }),
  scalar('IF', {
    signature: 'IF(condition, then, otherwise)',
    description: 'One of two values.',
    accepts: ['boolean', 'any', 'any'],
    result: (given) => common(given.slice(1)),
  }),
  scalar('NVL2', {
    signature: 'NVL2(value, ifPresent, ifNull)',
    description: 'One of two values, by whether the first is NULL.',
    accepts: ['any', 'any', 'any'],
    result: (given) => common(given.slice(1)),
  }),
  extreme('GREATEST', 'The greatest number; NULL where one is NULL.'),
  extreme('LEAST', 'The least number; NULL where one is NULL.'),
  scalar('CONTAINED_IN', {
    signature: 'CONTAINED_IN(value, candidate, …)',
    description: 'Whether the value is one of the candidates.',
    accepts: ['any'],
    least: 2,
    most: 1000,
    result: () => types.boolean,
  }),
]

function numeric(name: string, description: string): FunctionEntry {
  return scalar(name, {
    signature: `${name}(number)`,
    description,
    accepts: ['number'],
    result: toDouble,
  })
}

/** CEIL and FLOOR of a fraction as a whole number of the same kind. */
function rounded(name: string, description: string): FunctionEntry {
  return scalar(name, {
    signature: `${name}(number)`,
    description,
    accepts: ['number'],
    result: (given) => wholeOf(first(given)),
  })
}

function wholeOf(type: AmcType): AmcType {
  if (type.kind === 'FLOAT') return types.double
  return type.kind === 'DECIMAL' ? decimal(type.precision - type.scale + 1, 0) : type
}

/** 9.99 rounded to one digit needs one more before the point. */
function roundedType(given: readonly AmcType[]): AmcType {
  const type = first(given)
  return type.kind === 'DECIMAL' ? decimal(type.precision + 1, type.scale) : type
}

function digits(name: string, description: string): FunctionEntry {
  return scalar(name, {
    signature: `${name}(number [, digits])`,
    description,
    accepts: ['number', 'number'],
    least: 1,
    result: roundedType,
  })
}

const power = scalar('POWER', {
  signature: 'POWER(base, exponent)',
  description: 'The base raised to the exponent.',
  accepts: ['number', 'number'],
  result: toDouble,
})

const ceil = rounded('CEIL', 'The next whole number that is not smaller.')

export const numberFunctions: readonly FunctionEntry[] = [
  scalar('ABS', {
    signature: 'ABS(number)',
    description: 'The number without its sign.',
    accepts: ['number'],
    result: first,
  }),
  ceil,
  alias('CEILING', ceil),
  rounded('FLOOR', 'The next whole number that is not greater.'),
  digits('ROUND', 'The number rounded to some digits after the point.'),
  digits('TRUNC', 'The number cut after some digits.'),
  numeric('EXP', 'e raised to the number.'),
  numeric('LN', 'The natural logarithm.'),
  numeric('LOG10', 'The logarithm to the base 10.'),
  numeric('SQRT', 'The square root; NULL below zero.'),
  power,
  scalar('LOG', {
    signature: 'LOG(base, number)',
    description: 'The logarithm to a base.',
    accepts: ['number', 'number'],
    result: toDouble,
  }),
  scalar('MOD', {
    signature: 'MOD(number, divisor)',
    description: 'The remainder of the division.',
    accepts: ['number', 'number'],
    result: (given) => given[1] ?? types.unknown,
  }),
  scalar('E', {
    signature: 'E()',
    description: "Euler's number.",
    result: toDouble,
  }),
  scalar('RANDOM', {
    signature: 'RANDOM()',
    description: 'A number from 0 to 1.',
    result: toDouble,
  }),
]

export const encodingFunctions: readonly FunctionEntry[] = [
  scalar('MD5', {
    signature: 'MD5(text)',
    description: 'A hash as hex text.',
    accepts: ['text'],
    result: toText,
  }),
  scalar('SHA1', {
    signature: 'SHA1(text)',
    description: 'A hash as hex text.',
    accepts: ['text'],
    result: toText,
  }),
  scalar('HASH64', {
    signature: 'HASH64(value)',
    description: 'A hash of 64 bits. Local data answers with another algorithm than Amazon.',
    accepts: ['any'],
    result: () => types.long,
  }),
  scalar('TO_VARBINARY', {
    signature: "TO_VARBINARY(text, 'hex' | 'base64' | 'utf-8')",
    description: 'The bytes of a text.',
    accepts: ['text', 'text'],
    result: () => types.binary,
  }),
  scalar('FROM_VARBINARY', {
    signature: "FROM_VARBINARY(bytes, 'hex' | 'base64' | 'utf-8')",
    description: 'Bytes as text.',
    accepts: ['binary', 'text'],
    result: toText,
  }),
  scalar('JSON_EXTRACT', {
    signature: "JSON_EXTRACT(text, '$.path')",
    description: 'A value inside JSON text.',
    accepts: ['text', 'text'],
    result: toText,
  }),
  scalar('JSON_SERIALIZE', {
    signature: 'JSON_SERIALIZE(value)',
    description: 'The value as JSON text.',
    accepts: ['any'],
    result: toText,
  }),
  scalar('UUID', {
    signature: 'UUID()',
    description: 'A new random id.',
    result: toText,
  }),
]
