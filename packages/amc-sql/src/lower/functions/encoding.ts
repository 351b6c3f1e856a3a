import { arg, calls, type FunctionLowering, type LoweredCall, type NotLowered } from './lowering.ts'

function unlessLiteral(call: LoweredCall, choices: Readonly<Record<string, string>>): string | NotLowered {
  const found = choices[call.literals[1]?.toLowerCase() ?? '']
  return found ?? { notLowered: `its second argument must be one of ${Object.keys(choices).join(', ')}, as text` }
}

export const encodingLowerings: Readonly<Record<string, FunctionLowering>> = {
  MD5: calls('md5'),
  SHA1: calls('sha1'),
  HASH64: (call) => `CAST(CAST(hash(${arg(call, 0)}) AS HUGEINT) - 9223372036854775808 AS BIGINT)`,
  TO_VARBINARY: (call) =>
    unlessLiteral(call, {
      hex: `unhex(${arg(call, 0)})`,
      base64: `from_base64(${arg(call, 0)})`,
      'utf-8': `encode(${arg(call, 0)})`,
    }),
  FROM_VARBINARY: (call) =>
    unlessLiteral(call, {
      hex: `hex(${arg(call, 0)})`,
      base64: `to_base64(${arg(call, 0)})`,
      'utf-8': `decode(${arg(call, 0)})`,
    }),
  JSON_EXTRACT: calls('json_extract_string'),
  JSON_SERIALIZE: (call) => `CAST(to_json(${arg(call, 0)}) AS VARCHAR)`,
  UUID: () => 'CAST(uuid() AS VARCHAR)',
}
