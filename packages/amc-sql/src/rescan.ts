import { type Token, tokenAt } from './scan.ts'

/** What stood between two offsets of the text before, and how many characters stand there now. */
export interface Change {
  from: number
  to: number
  inserted: number
}

/** The tokens of a text after a change, from those before it: the same as `scan` gives, for the work of the lines that changed. */
export function rescan(before: readonly Token[], text: string, change: Change): Token[] {
  const shift = change.inserted - (change.to - change.from)
  const changedTo = change.from + change.inserted
  const tokens = before.slice(0, unchanged(before, text, change.from))
  let after = 0
  for (let at = tokens.at(-1)?.to ?? 0; at < text.length;) {
    while (after < before.length && (before[after]?.from ?? 0) + shift < at) after += 1
    const known = before[after]
    // What a token is depends on nothing before it, so from a common boundary on all is as it was.
    const token =
      known !== undefined && at >= changedTo && known.from + shift === at
        ? moved(known, shift)
        : tokenAt(text, at, true)
    tokens.push(token)
    at = token.to
  }
  return tokens
}

/**
 * How many tokens a change leaves alone: those before its line, as no token looks further ahead. Only what was never closed does, since
 * what closes it can come at any distance.
 */
function unchanged(before: readonly Token[], text: string, from: number): number {
  const line = from === 0 ? 0 : text.lastIndexOf('\n', from - 1) + 1
  const changed = before.findIndex(({ to, fault }) => to >= line || fault?.startsWith('unterminated') === true)
  return changed === -1 ? before.length : changed
}

function moved(token: Token, by: number): Token {
  if (by === 0) return token
  const parameters =
    token.parameters.length === 0
      ? token.parameters
      : token.parameters.map(({ from, to, name }) => ({ from: from + by, to: to + by, name }))
  return { ...token, from: token.from + by, to: token.to + by, parameters }
}
