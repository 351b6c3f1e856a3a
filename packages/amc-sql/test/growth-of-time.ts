/** Milliseconds of this thread's own time, so that a busy machine does not count. Its clock may tick every four. */
export function threadTime(work: () => unknown): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

/** The text in small pieces takes at least so long, or the ticks of the clock would decide. */
const measurable = 16

/** How many times as long a text takes at once as in pieces of the length of `small`: about 1 where time is linear, and as many times as
 *  the one is longer than the other where it is quadratic. Both are measured one behind the other, since a machine is not always as quick,
 *  and again until half of the measurements lie below `enough`, or fifteen are made. */
export function growthOfTime(work: (text: string) => unknown, small: string, large: string, enough: number): number {
  const pieces = large.length / small.length
  const ratios: number[] = []
  let texts = 1
  while (ratios.length < 15) {
    const inPieces = threadTime(() => repeat(() => work(small), texts * pieces))
    if (inPieces < measurable) {
      texts *= 2
      continue
    }
    ratios.push(threadTime(() => repeat(() => work(large), texts)) / inPieces)
    if (middle(ratios) < enough) break
  }
  return middle(ratios)
}

function repeat(work: () => unknown, times: number): void {
  for (let time = 0; time < Math.round(times); time += 1) work()
}

function middle(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Infinity
}
