import { types, type AmcType } from '../resolve/types.ts'
import { alias, scalar, type FunctionEntry } from './entry.ts'

const toText = (): AmcType => types.string
const toLong = (): AmcType => types.long

function textFunction(name: string, description: string): FunctionEntry {
  return scalar(name, {
    signature: `${name}(text)`,
    description,
    accepts: ['text'],
    result: toText,
  })
}

const charIndex = scalar('CHARINDEX', {
  signature: 'CHARINDEX(part, text [, start])',
  description: 'The position of the part in the text, from 1; 0 where it is absent.',
  accepts: ['text', 'text', 'number'],
  least: 2,
  result: toLong,
})

function position(name: string): FunctionEntry {
  return scalar(name, {
    signature: `${name}(text, part)`,
    description: 'The position of the part in the text, from 1; 0 where it is absent.',
    accepts: ['text', 'text'],
    result: toLong,
  })
}

export const textFunctions: readonly FunctionEntry[] = [
  scalar('CONCAT', {
    signature: 'CONCAT(value, value, …)',
    description: 'The values as one text.',
    accepts: ['text'],
    most: 100,
    result: toText,
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
  }),
  scalar('REPLACE', {
    signature: 'REPLACE(text, part, replacement)',
    description: 'The text with every occurrence of the part replaced.',
    accepts: ['text', 'text', 'text'],
    result: toText,
  }),
  scalar('LEFT', {
    signature: 'LEFT(text, count)',
    description: 'The first characters.',
    accepts: ['text', 'number'],
    result: toText,
  }),
  scalar('RIGHT', {
    signature: 'RIGHT(text, count)',
    description: 'The last characters.',
    accepts: ['text', 'number'],
    result: toText,
  }),
  scalar('TRIM', {
    signature: 'TRIM([BOTH | LEADING | TRAILING] [character] FROM text)',
    description: 'The text without blanks, or without the character, at its ends.',
    accepts: ['text', 'text'],
    least: 1,
    result: toText,
  }),
  scalar('SUBSTRING', {
    signature: 'SUBSTRING(text FROM start [FOR count])',
    description: 'Part of the text; the first character has the position 1.',
    accepts: ['text', 'number', 'number'],
    least: 2,
    result: toText,
  }),
  scalar('POSITION', {
    signature: 'POSITION(part IN text)',
    description: 'The position of the part in the text, from 1; 0 where it is absent.',
    accepts: ['text', 'text'],
    result: toLong,
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
  }),
  scalar('REGEXP_REPLACE', {
    signature: 'REGEXP_REPLACE(text, pattern, replacement)',
    description: 'The text with every match of the Java regular expression replaced.',
    accepts: ['text', 'text', 'text'],
    result: toText,
  }),
  scalar('REGEXP_SUBSTR', {
    signature: 'REGEXP_SUBSTR(text, pattern)',
    description: 'The first match of the Java regular expression.',
    accepts: ['text', 'text'],
    result: toText,
  }),
  scalar('REGEXP_SPLIT', {
    signature: 'REGEXP_SPLIT(text, pattern)',
    description: 'The parts of the text between the matches, as an array.',
    accepts: ['text', 'text'],
    result: () => ({ kind: 'ARRAY', element: types.string }),
  }),
  scalar('STR_TO_MAP', {
    signature: 'STR_TO_MAP(text, pairSeparator, keySeparator)',
    description: 'A map read from text like a=1;b=2.',
    accepts: ['text', 'text', 'text'],
    result: () => types.map,
  }),
]
