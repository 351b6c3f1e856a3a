/** A Java regular expression as expressions of RE2, which has no look-ahead: text matches where all of one list are found and none of the other. */
export interface Search {
  found: readonly string[]
  absent: readonly string[]
}

/** How a pattern is searched for; a text where it cannot be, saying what stands in the way. */
export function searchFor(pattern: string): Search | 'never' | { obstacle: string } {
  // Java reads (?!) as a look-ahead for what is never absent.
  if (pattern.includes('(?!)')) return 'never'
  const [flags = ''] = /^(\(\?[a-z]+\))?/.exec(pattern) ?? []
  const rest = pattern.slice(flags.length)
  const split = withoutWord(rest) ?? afterStart(rest)
  const parts = [...split.found, ...split.absent].map((part) => toRe2(flags + part))
  const obstacle = parts.find((part) => typeof part !== 'string')
  if (obstacle !== undefined) return obstacle
  const patterns = parts.filter((part) => typeof part === 'string')
  return { found: patterns.slice(0, split.found.length), absent: patterns.slice(split.found.length) }
}

const posixClasses: Readonly<Record<string, string>> = {
  Alpha: '[:alpha:]',
  Digit: '[:digit:]',
  Alnum: '[:alnum:]',
  Upper: '[:upper:]',
  Lower: '[:lower:]',
  Punct: '[:punct:]',
  Space: '[:space:]',
  Blank: '[:blank:]',
}

/** A Java pattern in the words of RE2; Java writes groups of characters and greed in more ways. */
export function toRe2(pattern: string): string | { obstacle: string } {
  if (/\(\?<?[=!]/.test(pattern)) return { obstacle: 'look-ahead and look-behind that do not stand at its start' }
  if (/\(\?>/.test(pattern)) return { obstacle: 'groups that do not give back' }
  if (/(^|[^\\])(\\\\)*\\[1-9]/.test(pattern)) return { obstacle: 'back references' }
  if (/&&/.test(pattern)) return { obstacle: 'intersections of groups of characters' }
  let classes = 0
  const written = pattern.replaceAll(
    /\\p\{(\w+)\}|\\h|\\[^]|\[|\]|([+*?}])\+/g,
    (whole, name?: string, greed?: string) => {
      if (whole === '[') classes += 1
      if (whole === ']') classes = 0
      const known = name === undefined ? (whole === '\\h' ? '[:blank:]' : undefined) : posixClasses[name]
      if (known !== undefined) return classes > 0 ? known : `[${known}]`
      return greed !== undefined && classes === 0 ? greed : whole
    },
  )
  return isPattern(written) ? written : { obstacle: 'it is no regular expression' }
}

/** Whether RE2 reads it, as far as JavaScript's reading tells. */
function isPattern(pattern: string): boolean {
  if (
    [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].some(
      ([, low, high]) => Number(low) > 1000 || Number(high ?? 0) > 1000,
    )
  )
    return false
  // Flags inside a pattern are newer than most browsers.
  const plain = pattern.replaceAll(/\(\?[a-zA-Z-]+([:)])/g, (_, end: string) => (end === ')' ? '' : '(?:'))
  try {
    return new RegExp(plain) instanceof RegExp
  } catch {
    return false
  }
}

/** `^((?!word).)*$`: texts without a word. */
function withoutWord(pattern: string): Search | null {
  const [, word] = /^\^\((?:\?:)?\(\?!(.+)\)\.\)[*+]\$$/.exec(pattern) ?? []
  return word === undefined || !isBalanced(word) ? null : { found: [], absent: [word] }
}

/** `^(?!a)(?=b)c`: what stands at the start is looked for, and what must not stand there. */
function afterStart(pattern: string): Search {
  const found: string[] = []
  const absent: string[] = []
  let at = pattern.startsWith('^') ? 1 : -1
  while (at > 0 && /^\(\?[=!]/.test(pattern.slice(at, at + 3))) {
    const end = closingOf(pattern, at)
    if (end === -1) break
    const inner = `^(?:${pattern.slice(at + 3, end)})`
    if (pattern[at + 2] === '!') absent.push(inner)
    else found.push(inner)
    at = end + 1
  }
  if (at <= 1) return { found: [pattern], absent }
  return { found: [...found, `^(?:${pattern.slice(at)})`], absent }
}

function isBalanced(pattern: string): boolean {
  return closingOf(`(${pattern})`, 0) === pattern.length + 1
}

/** Where the group that opens here is closed, or -1. */
function closingOf(pattern: string, open: number): number {
  let depth = 0
  let inClass = false
  for (let at = open; at < pattern.length; at += 1) {
    const character = pattern[at]
    if (character === '\\') at += 1
    else if (inClass) inClass = character !== ']'
    else if (character === '[') inClass = true
    else if (character === '(') depth += 1
    else if (character === ')') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return -1
}
