/** How many slips of the finger are forgiven in a word that somebody typed; a short one must keep its first letter as well. */
export function forgiven(length: number): number {
  if (length < 3) return 0
  return length < 8 ? 1 : 2
}

/** A bit for each letter and digit of a word; words whose bits differ in many places cannot be alike, which is seen at once. */
export function letterMask(word: string): number {
  let mask = 0
  for (let at = 0; at < word.length; at++) mask |= 1 << (word.charCodeAt(at) % 31)
  return mask
}

export function differingBits(one: number, other: number): number {
  let bits = one ^ other
  let count = 0
  for (; bits !== 0; bits &= bits - 1) count++
  return count
}

/** Enough for the words of names; longer ones are compared by their beginning. */
const longest = 40
const rows = [0, 1, 2].map(() => new Uint8Array(longest + 1))

/**
 * How many letters must be added, left out, changed or swapped with their neighbour to make one word of the other; `most + 1` when
 * it is more than `most`.
 */
export function slips(typed: string, word: string, most: number): number {
  const width = Math.min(word.length, longest)
  const height = Math.min(typed.length, longest)
  if (Math.abs(width - height) > most) return most + 1
  let [before, last, row] = rows as [Uint8Array, Uint8Array, Uint8Array]
  for (let at = 0; at <= width; at++) last[at] = at
  for (let down = 1; down <= height; down++) {
    const letter = typed.charCodeAt(down - 1)
    row[0] = down
    let least = down
    for (let at = 1; at <= width; at++) {
      const same = word.charCodeAt(at - 1) === letter
      let cost = Math.min((last[at] ?? 0) + 1, (row[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + (same ? 0 : 1))
      const swapped =
        down > 1 &&
        at > 1 &&
        word.charCodeAt(at - 2) === letter &&
        word.charCodeAt(at - 1) === typed.charCodeAt(down - 2)
      if (swapped) cost = Math.min(cost, (before[at - 2] ?? 0) + 1)
      row[at] = cost
      if (cost < least) least = cost
    }
    if (least > most) return most + 1
    ;[before, last, row] = [last, row, before]
  }
  return Math.min(last[width] ?? 0, most + 1)
}
