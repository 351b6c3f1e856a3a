/** Whether a round of a job goes on; asking is also its sign of life. */
export function goesOnUntil(signal: AbortSignal, beat: () => void): () => boolean {
  return () => {
    beat()
    return !signal.aborted
  }
}

/** Does a part of some work again until nothing was left of it, or the round is to end; answers how much there was in all. */
export async function repeatParts(goesOn: () => boolean, part: () => Promise<number>): Promise<number> {
  let total = 0
  while (goesOn()) {
    const count = await part()
    if (count === 0) break
    total += count
  }
  return total
}
