import { type Token, tokenAt } from './scan.ts'

/** What stood between two offsets of the text before, and how many characters stand there now. */
export interface Change {
  from: number
  to: number
  inserted: number
}

/** The tokens of a text that is being edited: always those that `scan` gives of the whole. */
export interface EditedTokens {
  /** Takes a change, with the text after it, for the work of the lines that changed and of those between it and the change before. */
  change(text: string, change: Change): void
  /** The tokens that touch a part of the text, in order, and what follows them up to a token that is no space. */
  touching(from: number, to: number): Token[]
}

export function editedTokens(text: string): EditedTokens {
  // A gap buffer: what stands before the last change, and what stands behind it, the nearest last. Offsets behind it are all wrong by the
  // same number of characters, so that a key changes that number and not every token.
  const before: Token[] = []
  const behind: Token[] = []
  let shift = 0
  /** The index of the first token before the gap that was never closed: what closes it can come at any distance. */
  let open: number | null = null

  function push(token: Token): void {
    if (open === null && token.fault?.startsWith('unterminated') === true) open = before.length
    before.push(token)
  }

  /** Puts the gap behind all that lies before a line and is closed. */
  function moveGap(line: number): void {
    for (
      let next = behind.at(-1);
      next !== undefined && open === null && next.to + shift < line;
      next = behind.at(-1)
    ) {
      behind.pop()
      push(moved(next, shift))
    }
    for (let last = before.at(-1); last !== undefined && (last.to >= line || open !== null); last = before.at(-1)) {
      before.pop()
      behind.push(moved(last, -shift))
      if (open === before.length) open = null
    }
  }

  /** Scans on from the gap until a token behind it begins where the last one ends: what a token is depends on nothing before it. */
  function scanOn(text: string, changedTo: number): void {
    for (let at = before.at(-1)?.to ?? 0; at < text.length; at = before.at(-1)?.to ?? at) {
      while (startOf(behind.at(-1)) < Math.max(at, changedTo)) behind.pop()
      if (startOf(behind.at(-1)) === at) return
      push(tokenAt(text, at, true))
    }
    behind.length = 0
  }

  function startOf(token: Token | undefined): number {
    return token === undefined ? Infinity : token.from + shift
  }

  function tokenOf(index: number): Token | undefined {
    if (index < before.length) return before[index]
    const token = behind.at(before.length - 1 - index)
    return token === undefined ? undefined : moved(token, shift)
  }

  function endAt(index: number): number {
    return before[index]?.to ?? (behind.at(before.length - 1 - index)?.to ?? 0) + shift
  }

  function firstEndingAfter(position: number): number {
    let [low, high] = [0, before.length + behind.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (endAt(middle) <= position) low = middle + 1
      else high = middle
    }
    return low
  }

  scanOn(text, 0)
  return {
    change(text, { from, to, inserted }) {
      // No token looks further ahead than its line, but for one that is not closed.
      moveGap(from === 0 ? 0 : text.lastIndexOf('\n', from - 1) + 1)
      shift += inserted - (to - from)
      scanOn(text, from + inserted)
    },
    touching(from, to) {
      const tokens: Token[] = []
      for (let index = firstEndingAfter(from); index < before.length + behind.length; index += 1) {
        const token = tokenOf(index)
        if (token === undefined) break
        tokens.push(token)
        if (token.from >= to && token.kind !== 'space') break
      }
      return tokens
    },
  }
}

function moved(token: Token, by: number): Token {
  if (by === 0) return token
  const parameters =
    token.parameters.length === 0
      ? token.parameters
      : token.parameters.map(({ from, to, name }) => ({ from: from + by, to: to + by, name }))
  return { ...token, from: token.from + by, to: token.to + by, parameters }
}
