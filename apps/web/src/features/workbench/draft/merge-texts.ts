/** What became of three texts: one text, and how many places both sides had changed in different ways. */
interface Merged {
  text: string
  /** Places where both changed something; the text has mine there, or both. */
  clashes: number
}

/** Brings two changed texts together, line by line, over the one that both began from. What only one side changed is taken from it;
 *  where both changed the same place mine stands, and where both only added to it, both do. */
export function mergeTexts(base: string, mine: string, theirs: string): Merged {
  const [baseLines, mineLines, theirLines] = [base, mine, theirs].map((text) => text.split('\n')) as [
    string[],
    string[],
    string[],
  ]
  const toMine = matches(baseLines, mineLines)
  const toTheirs = matches(baseLines, theirLines)
  const lines: string[] = []
  let clashes = 0
  let at = { base: 0, mine: 0, theirs: 0 }
  // From one line that all three have to the next; between them one side changed, or both.
  for (let next = 0; next <= baseLines.length; next += 1) {
    const isEnd = next === baseLines.length
    const inMine = isEnd ? mineLines.length : toMine.get(next)
    const inTheirs = isEnd ? theirLines.length : toTheirs.get(next)
    if (inMine === undefined || inTheirs === undefined) continue
    const before = baseLines.slice(at.base, next)
    const own = mineLines.slice(at.mine, inMine)
    const other = theirLines.slice(at.theirs, inTheirs)
    if (same(own, before) || (holds(own, before) && holds(other, own))) lines.push(...other)
    else if (holds(other, before) && holds(own, other)) lines.push(...own)
    else {
      lines.push(...(holds(own, before) && holds(other, before) ? both(own, other) : own))
      if (!same(other, before) && !same(other, own)) clashes += 1
    }
    if (!isEnd) lines.push(baseLines[next] ?? '')
    at = { base: next + 1, mine: inMine + 1, theirs: inTheirs + 1 }
  }
  return { text: lines.join('\n'), clashes }
}

/** Whether all lines of a part stand in a whole, in their order: who only added lines has lost none where the other side has them all. */
function holds(whole: readonly string[], part: readonly string[]): boolean {
  let next = 0
  for (const line of whole) if (line === part[next]) next += 1
  return next >= part.length
}

/** All lines of two texts in their order, those of the first before those of the second. */
function both(first: readonly string[], second: readonly string[]): string[] {
  const lines: string[] = []
  const inSecond = matches(first, second)
  let from = 0
  for (const [at, line] of first.entries()) {
    const to = inSecond.get(at)
    if (to !== undefined) {
      lines.push(...second.slice(from, to))
      from = to + 1
    }
    lines.push(line)
  }
  return [...lines, ...second.slice(from)]
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, at) => line === b[at])
}

/** Longer texts are compared by their equal beginnings and ends alone: the table would cost more than a person waits. */
const mostCells = 4_000_000

/** For each line of one text the line of the other that it is, by a longest common subsequence. */
function matches(from: readonly string[], to: readonly string[]): Map<number, number> {
  const found = new Map<number, number>()
  let start = 0
  while (start < from.length && start < to.length && from[start] === to[start]) {
    found.set(start, start)
    start += 1
  }
  let [fromEnd, toEnd] = [from.length, to.length]
  while (fromEnd > start && toEnd > start && from[fromEnd - 1] === to[toEnd - 1]) {
    fromEnd -= 1
    toEnd -= 1
    found.set(fromEnd, toEnd)
  }
  const [rows, columns] = [fromEnd - start, toEnd - start]
  if (rows * columns === 0 || rows * columns > mostCells) return found
  const width = columns + 1
  const lengths = new Uint32Array((rows + 1) * width)
  const length = (row: number, column: number) => lengths[row * width + column] ?? 0
  for (let row = rows - 1; row >= 0; row -= 1)
    for (let column = columns - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        from[start + row] === to[start + column]
          ? length(row + 1, column + 1) + 1
          : Math.max(length(row + 1, column), length(row, column + 1))
  for (let row = 0, column = 0; row < rows && column < columns;)
    if (from[start + row] === to[start + column]) {
      found.set(start + row, start + column)
      row += 1
      column += 1
    } else if (length(row + 1, column) >= length(row, column + 1)) row += 1
    else column += 1
  return found
}
