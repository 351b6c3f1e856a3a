import { quoteText } from '../text.ts'
import { toRe2 } from './java-patterns.ts'
import { arg, calls, type FunctionLowering, type LoweredCall, type NotLowered } from './lowering.ts'

/** The SQL around a pattern in the words of RE2; one that only the row knows and that is none gives NULL. */
function withRegex(call: LoweredCall, sql: (pattern: string) => string): string | NotLowered {
  const pattern = call.literals[1]
  if (pattern == null) return `TRY(${sql(arg(call, 1))})`
  const written = toRe2(pattern)
  return typeof written === 'string' ? sql(quoteText(written)) : { notLowered: written.obstacle }
}

const partFirst: FunctionLowering = (call) => {
  const [part, text] = [arg(call, 0), arg(call, 1)]
  if (call.args.length === 2) return `strpos(${text}, ${part})`
  const found = `strpos(substr(${text}, ${arg(call, 2)}), ${part})`
  return `CASE WHEN ${found} = 0 THEN 0 ELSE ${found} + ${arg(call, 2)} - 1 END`
}

export const textLowerings: Readonly<Record<string, FunctionLowering>> = {
  CONCAT: calls('concat'),
  LOWER: calls('lower'),
  UPPER: calls('upper'),
  LTRIM: calls('ltrim'),
  RTRIM: calls('rtrim'),
  LENGTH: calls('length'),
  REPLACE: calls('replace'),
  LEFT: calls('"left"'),
  RIGHT: calls('"right"'),
  TRIM(call) {
    const duckName = call.keywords.includes('LEADING') ? 'ltrim' : call.keywords.includes('TRAILING') ? 'rtrim' : 'trim'
    return call.args.length === 1 ? `${duckName}(${arg(call, 0)})` : `${duckName}(${arg(call, 1)}, ${arg(call, 0)})`
  },
  SUBSTRING: calls('substring'),
  POSITION: partFirst,
  CHARINDEX: partFirst,
  LOCATE: partFirst,
  INSTR: calls('strpos'),
  STRPOS: calls('strpos'),
  FORMAT: () => ({ notLowered: 'Amazon does not document its pattern language' }),
  REGEXP_REPLACE: (call) =>
    withRegex(
      call,
      // Java writes groups as $1, RE2 as \1.
      (pattern) =>
        `regexp_replace(${arg(call, 0)}, ${pattern}, regexp_replace(${arg(call, 2)}, '\\$([0-9])', '\\\\\\1', 'g'), 'g')`,
    ),
  REGEXP_SUBSTR: (call) => withRegex(call, (pattern) => `nullif(regexp_extract(${arg(call, 0)}, ${pattern}), '')`),
  REGEXP_SPLIT: (call) => withRegex(call, (pattern) => `string_split_regex(${arg(call, 0)}, ${pattern})`),
  STR_TO_MAP: (call) =>
    `map_from_entries(list_transform(string_split(${arg(call, 0)}, ${arg(call, 1)}), ` +
    `lambda x: {'k': split_part(x, ${arg(call, 2)}, 1), 'v': split_part(x, ${arg(call, 2)}, 2)}))`,
}
