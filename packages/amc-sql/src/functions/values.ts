import { types, unify, type AmcType } from '../resolve/types.ts'
import { alias, arg, calls, scalar, type FunctionEntry, type LoweredCall, type NotLowered } from './entry.ts'

const first = (given: readonly AmcType[]): AmcType => given[0] ?? types.unknown
const toDouble = (): AmcType => types.double
const toText = (): AmcType => types.string

function common(given: readonly AmcType[]): AmcType {
  return given.reduce<AmcType>((so, type) => unify(so, type) ?? types.unknown, types.null)
}

/** A user id that is compared with text is text from there on. */
function nullifType(given: readonly AmcType[]): AmcType {
  const [value, other] = [first(given), given[1] ?? types.unknown]
  return value.kind === 'STRING' && other.kind === 'STRING' ? common([value, other]) : value
}

/** NULL as soon as one input is NULL, where DuckDB would skip it. */
function extreme(name: string, duckName: string, description: string): FunctionEntry {
  return scalar(name, {
    signature: `${name}(number, number, …)`,
    description,
    accepts: ['any'],
    most: 100,
    result: common,
    lower(call) {
      const absent = call.args.map((value) => `${value} IS NULL`).join(' OR ')
      return `CASE WHEN ${absent} THEN NULL ELSE ${duckName}(${call.args.join(', ')}) END`
    },
  })
}

const coalesce = scalar('COALESCE', {
  signature: 'COALESCE(value, value, …)',
  description: 'The first value that is not NULL.',
  accepts: ['any'],
  most: 100,
  result: common,
  lower: calls('coalesce'),
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
    lower: calls('nullif'),
  }),
  scalar('IF', {
    signature: 'IF(condition, then, otherwise)',
    description: 'One of two values.',
    accepts: ['boolean', 'any', 'any'],
    result: (given) => common(given.slice(1)),
    lower: (call) => `CASE WHEN ${arg(call, 0)} THEN ${arg(call, 1)} ELSE ${arg(call, 2)} END`,
  }),
  scalar('NVL2', {
    signature: 'NVL2(value, ifPresent, ifNull)',
    description: 'One of two values, by whether the first is NULL.',
    accepts: ['any', 'any', 'any'],
    result: (given) => common(given.slice(1)),
    lower: (call) => `CASE WHEN ${arg(call, 0)} IS NOT NULL THEN ${arg(call, 1)} ELSE ${arg(call, 2)} END`,
  }),
  extreme('GREATEST', 'greatest', 'The greatest number; NULL where one is NULL.'),
  extreme('LEAST', 'least', 'The least number; NULL where one is NULL.'),
  scalar('CONTAINED_IN', {
    signature: 'CONTAINED_IN(value, candidate, …)',
    description: 'Whether the value is one of the candidates.',
    accepts: ['any'],
    least: 2,
    most: 1000,
    result: () => types.boolean,
    lower: (call) => `(${arg(call, 0)} IN (${call.args.slice(1).join(', ')}))`,
  }),
]

function numeric(name: string, description: string, lower = calls(name.toLowerCase())): FunctionEntry {
  return scalar(name, {
    signature: `${name}(number)`,
    description,
    accepts: ['number'],
    result: toDouble,
    lower,
  })
}

/** CEIL and FLOOR of a fraction as a whole number of the same kind. */
function rounded(name: string, duckName: string, description: string): FunctionEntry {
  return scalar(name, {
    signature: `${name}(number)`,
    description,
    accepts: ['number'],
    result: (given) => (first(given).kind === 'FLOAT' ? types.double : first(given)),
    lower: calls(duckName),
  })
}

function digits(name: string, description: string): FunctionEntry {
  return scalar(name, {
    signature: `${name}(number [, digits])`,
    description,
    accepts: ['number', 'number'],
    least: 1,
    result: first,
    lower: calls(name.toLowerCase()),
  })
}

const power = scalar('POWER', {
  signature: 'POWER(base, exponent)',
  description: 'The base raised to the exponent.',
  accepts: ['number', 'number'],
  result: toDouble,
  lower: calls('power'),
})

const ceil = rounded('CEIL', 'ceil', 'The next whole number that is not smaller.')

export const numberFunctions: readonly FunctionEntry[] = [
  scalar('ABS', {
    signature: 'ABS(number)',
    description: 'The number without its sign.',
    accepts: ['number'],
    result: first,
    lower: calls('abs'),
  }),
  ceil,
  alias('CEILING', ceil),
  rounded('FLOOR', 'floor', 'The next whole number that is not greater.'),
  digits('ROUND', 'The number rounded to some digits after the point.'),
  digits('TRUNC', 'The number cut after some digits.'),
  numeric('EXP', 'e raised to the number.'),
  numeric('LN', 'The natural logarithm.', (call) => `ln(nullif(greatest(${arg(call, 0)}, 0), 0))`),
  numeric('LOG10', 'The logarithm to the base 10.', (call) => `log10(nullif(greatest(${arg(call, 0)}, 0), 0))`),
  numeric(
    'SQRT',
    'The square root; NULL below zero.',
    (call) => `CASE WHEN ${arg(call, 0)} < 0 THEN NULL ELSE sqrt(${arg(call, 0)}) END`,
  ),
  power,
  scalar('LOG', {
    signature: 'LOG(base, number)',
    description: 'The logarithm to a base.',
    accepts: ['number', 'number'],
    result: toDouble,
    lower: calls('log'),
  }),
  scalar('MOD', {
    signature: 'MOD(number, divisor)',
    description: 'The remainder of the division.',
    accepts: ['number', 'number'],
    result: (given) => given[1] ?? types.unknown,
    lower: (call) => `(${arg(call, 0)} % nullif(${arg(call, 1)}, 0))`,
  }),
  scalar('E', {
    signature: 'E()',
    description: "Euler's number.",
    result: toDouble,
    lower: () => 'exp(1)',
  }),
  scalar('RANDOM', {
    signature: 'RANDOM()',
    description: 'A number from 0 to 1.',
    result: toDouble,
    lower: calls('random'),
  }),
]

function unlessLiteral(call: LoweredCall, choices: Readonly<Record<string, string>>): string | NotLowered {
  const found = choices[call.literals[1]?.toLowerCase() ?? '']
  return found ?? { notLowered: `its second argument must be one of ${Object.keys(choices).join(', ')}, as text` }
}

export const encodingFunctions: readonly FunctionEntry[] = [
  scalar('MD5', {
    signature: 'MD5(text)',
    description: 'A hash as hex text.',
    accepts: ['text'],
    result: toText,
    lower: calls('md5'),
  }),
  scalar('SHA1', {
    signature: 'SHA1(text)',
    description: 'A hash as hex text.',
    accepts: ['text'],
    result: toText,
    lower: calls('sha1'),
  }),
  scalar('HASH64', {
    signature: 'HASH64(value)',
    description: 'A hash of 64 bits. Local data answers with another algorithm than Amazon.',
    accepts: ['any'],
    result: () => types.long,
    lower: (call) => `CAST(CAST(hash(${arg(call, 0)}) AS HUGEINT) - 9223372036854775808 AS BIGINT)`,
  }),
  scalar('TO_VARBINARY', {
    signature: "TO_VARBINARY(text, 'hex' | 'base64' | 'utf-8')",
    description: 'The bytes of a text.',
    accepts: ['text', 'text'],
    result: () => types.binary,
    lower: (call) =>
      unlessLiteral(call, {
        hex: `unhex(${arg(call, 0)})`,
        base64: `from_base64(${arg(call, 0)})`,
        'utf-8': `encode(${arg(call, 0)})`,
      }),
  }),
  scalar('FROM_VARBINARY', {
    signature: "FROM_VARBINARY(bytes, 'hex' | 'base64' | 'utf-8')",
    description: 'Bytes as text.',
    accepts: ['binary', 'text'],
    result: toText,
    lower: (call) =>
      unlessLiteral(call, {
        hex: `hex(${arg(call, 0)})`,
        base64: `to_base64(${arg(call, 0)})`,
        'utf-8': `decode(${arg(call, 0)})`,
      }),
  }),
  scalar('JSON_EXTRACT', {
    signature: "JSON_EXTRACT(text, '$.path')",
    description: 'A value inside JSON text.',
    accepts: ['text', 'text'],
    result: toText,
    lower: calls('json_extract_string'),
  }),
  scalar('JSON_SERIALIZE', {
    signature: 'JSON_SERIALIZE(value)',
    description: 'The value as JSON text.',
    accepts: ['any'],
    result: toText,
    lower: (call) => `CAST(to_json(${arg(call, 0)}) AS VARCHAR)`,
  }),
  scalar('UUID', {
    signature: 'UUID()',
    description: 'A new random id.',
    result: toText,
    lower: () => 'CAST(uuid() AS VARCHAR)',
  }),
]
