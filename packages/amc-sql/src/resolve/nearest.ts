/** The known name that is closest to a misspelt one, or null where none is close enough to be meant. */
export function nearestName(wrong: string, known: Iterable<string>): string | null {
  const wanted = wrong.toLowerCase()
  // From one letter every other one is a slip away.
  if (wanted.length < 2) return null
  const limit = Math.max(1, Math.floor(wanted.length / 3))
  let best: string | null = null
  let bestDistance = limit + 1
  for (const name of known) {
    if (Math.abs(name.length - wanted.length) >= bestDistance) continue
    const distance = editDistance(wanted, name.toLowerCase(), bestDistance)
    if (distance < bestDistance) [best, bestDistance] = [name, distance]
  }
  return best
}

/** True where a name is so close to a known one that it is a slip of the keyboard and hardly another name. */
export function isSlip(wrong: string, known: string): boolean {
  const most = wrong.length >= 8 ? 2 : 1
  return wrong.length >= 3 && editDistance(wrong.toLowerCase(), known.toLowerCase(), most + 1) <= most
}

/** Edits (insert, delete, change, swap of neighbours) from one text to the other; stops early at `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1)
      row.push(cost)
      least = Math.min(least, cost)
    }
    if (least >= limit) return limit
    beforeLast = last
    last = row
  }
  return last[b.length] ?? limit
}
