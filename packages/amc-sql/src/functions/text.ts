import { types, type AmcType } from '../resolve/types.ts'
import { quoteText } from '../lower/text.ts'
import { toRe2 } from './java-patterns.ts'
import { alias, arg, calls, scalar, type FunctionEntry, type LoweredCall, type NotLowered } from './entry.ts'

const toText = (): AmcType => types.string
const toLong = (): AmcType => types.long

function textFunction(name: string, description: string): FunctionEntry {
  return scalar(name, {
    signature: `${name}(text)`,
    description,
    accepts: ['text'],
    result: toText,
    lower: calls(name.toLowerCase()),
  })
}

/** The SQL around a pattern in the words of RE2; one that only the row knows and that is none gives NULL. */
function withRegex(call: LoweredCall, sql: (pattern: string) => string): string | NotLowered {
  const pattern = call.literals[1]
  if (pattern == null) return `TRY(${sql(arg(call, 1))})`
  const written = toRe2(pattern)
  return typeof written === 'string' ? sql(quoteText(written)) : { notLowered: written.obstacle }
}

const charIndex = scalar('CHARINDEX', {
  signature: 'CHARINDEX(part, text [, start])',
  description: 'The position of the part in the text, from 1; 0 where it is absent.',
  accepts: ['text', 'text', 'number'],
  least: 2,
  result: toLong,
  lower(call) {
    const [part, text] = [arg(call, 0), arg(call, 1)]
    if (call.args.length === 2) return `strpos(${text}, ${part})`
    const found = `strpos(substr(${text}, ${arg(call, 2)}), ${part})`
    return `CASE WHEN ${found} = 0 THEN 0 ELSE ${found} + ${arg(call, 2)} - 1 END`
  },
})

function position(name: string): FunctionEntry {
  return scalar(name, {
    signature: `${name}(text, part)`,
    description: 'The position of the part in the text, from 1; 0 where it is absent.',
    accepts: ['text', 'text'],
    result: toLong,
    lower: (call) => `strpos(${arg(call, 0)}, ${arg(call, 1)})`,
  })
}

export const textFunctions: readonly FunctionEntry[] = [
  scalar('CONCAT', {
    signature: 'CONCAT(value, value, …)',
    description: 'The values as one text.',
    accepts: ['text'],
    most: 100,
    result: toText,
    lower: calls('concat'),
  }),
  textFunction('LOWER', 'The text in lower case.'),
  textFunction('UPPER', 'The text in upper case.'),
  textFunction('LTRIM', 'The text without blanks at its start.'),
  textFunction('RTRIM', 'The text without blanks at its end.'),
  scalar('LENGTH', {
    signature: 'LENGTH(text)',
    description: 'The number of characters.',
    accepts: ['text'],
    result: toLong,
    lower: calls('length'),
  }),
  scalar('REPLACE', {
    signature: 'REPLACE(text, part, replacement)',
    description: 'The text with every occurrence of the part replaced.',
    accepts: ['text', 'text', 'text'],
    result: toText,
    lower: calls('replace'),
  }),
  scalar('LEFT', {
    signature: 'LEFT(text, count)',
    description: 'The first characters.',
    accepts: ['text', 'number'],
    result: toText,
    lower: calls('"left"'),
  }),
  scalar('RIGHT', {
    signature: 'RIGHT(text, count)',
    description: 'The last characters.',
    accepts: ['text', 'number'],
    result: toText,
    lower: calls('"right"'),
  }),
  scalar('TRIM', {
    signature: 'TRIM([BOTH | LEADING | TRAILING] [character] FROM text)',
    description: 'The text without blanks, or without the character, at its ends.',
    accepts: ['text', 'text'],
    least: 1,
    result: toText,
    lower(call) {
      const duckName = call.keywords.includes('LEADING')
        ? 'ltrim'
        : call.keywords.includes('TRAILING')
          ? 'rtrim'
          : 'trim'
      return call.args.length === 1 ? `${duckName}(${arg(call, 0)})` : `${duckName}(${arg(call, 1)}, ${arg(call, 0)})`
    },
  }),
  scalar('SUBSTRING', {
    signature: 'SUBSTRING(text FROM start [FOR count])',
    description: 'Part of the text; the first character has the position 1.',
    accepts: ['text', 'number', 'number'],
    least: 2,
    result: toText,
    lower: calls('substring'),
  }),
  scalar('POSITION', {
    signature: 'POSITION(part IN text)',
    description: 'The position of the part in the text, from 1; 0 where it is absent.',
    accepts: ['text', 'text'],
    result: toLong,
    lower: (call) => `strpos(${arg(call, 1)}, ${arg(call, 0)})`,
  }),
  position('INSTR'),
  position('STRPOS'),
  charIndex,
  alias('LOCATE', charIndex),
  scalar('FORMAT', {
    signature: 'FORMAT(value, pattern)',
    description: 'The value written by a pattern.',
    accepts: ['any', 'text'],
    result: toText,
    lower: () => ({ notLowered: 'Amazon does not document its pattern language' }),
  }),
  scalar('REGEXP_REPLACE', {
    signature: 'REGEXP_REPLACE(text, pattern, replacement)',
    description: 'The text with every match of the Java regular expression replaced.',
    accepts: ['text', 'text', 'text'],
    result: toText,
    lower: (call) =>
      withRegex(
        call,
        // Java writes groups as $1, RE2 as \1.
        (pattern) =>
          `regexp_replace(${arg(call, 0)}, ${pattern}, regexp_replace(${arg(call, 2)}, '\\$([0-9])', '\\\\\\1', 'g'), 'g')`,
      ),
  }),
  scalar('REGEXP_SUBSTR', {
    signature: 'REGEXP_SUBSTR(text, pattern)',
    description: 'The first match of the Java regular expression.',
    accepts: ['text', 'text'],
    result: toText,
    lower: (call) => withRegex(call, (pattern) => `nullif(regexp_extract(${arg(call, 0)}, ${pattern}), '')`),
  }),
  scalar('REGEXP_SPLIT', {
    signature: 'REGEXP_SPLIT(text, pattern)',
    description: 'The parts of the text between the matches, as an array.',
    accepts: ['text', 'text'],
    result: () => ({ kind: 'ARRAY', element: types.string }),
    lower: (call) => withRegex(call, (pattern) => `string_split_regex(${arg(call, 0)}, ${pattern})`),
  }),
  scalar('STR_TO_MAP', {
    signature: 'STR_TO_MAP(text, pairSeparator, keySeparator)',
    description: 'A map read from text like a=1;b=2.',
    accepts: ['text', 'text', 'text'],
    result: () => types.map,
    lower: (call) =>
      `map_from_entries(list_transform(string_split(${arg(call, 0)}, ${arg(call, 1)}), ` +
      `lambda x: {'k': split_part(x, ${arg(call, 2)}, 1), 'v': split_part(x, ${arg(call, 2)}, 2)}))`,
  }),
]
