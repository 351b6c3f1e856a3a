/** Numbers from 0 to 1 that a seed decides. */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of several, as chance decides. */
export function pickFrom<T>(random: () => number, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('there is nothing to pick from')
  return item
}

export interface Event {
  user: string | null
  campaign: string
  device: string
  postal: string
  impressions: number
  clicks: number
}

export type Tables = Readonly<Record<'views' | 'taps', readonly Event[]>> & {
  /** Every event has impressions. */
  allSeen: boolean
}

/** A few groups of alike events: of one person, of two or three, of nobody known, and of about a hundred. */
export function randomTables(random: () => number): Tables {
  const pick = <T>(items: readonly T[]): T => pickFrom(random, items)
  const [crowds, allSeen] = [random() < 0.5, random() < 0.5]
  const events = (): Event[] =>
    Array.from({ length: 2 + Math.floor(random() * 5) }).flatMap((): Event[] => {
      const users = crowds && random() < 0.5 ? 97 + Math.floor(random() * 6) : Math.floor(random() * 4)
      const first = pick([1, 1, 2, 3, 60])
      const alike = {
        campaign: pick(['a', 'b', 'c']),
        device: pick(['PC', 'TV']),
        postal: pick(['p', 'q']),
        impressions: pick(allSeen ? [1, 1, 2, 5] : [0, 1, 1, 2, 5]),
        clicks: pick([0, 0, 1, 3]),
      }
      if (users === 0) return [{ user: null, ...alike }]
      // The clicks often come from fewer people than the impressions.
      const clicking = users * pick([1, 1, 0.98, 0.5])
      return Array.from({ length: users }, (_, at) => ({
        user: String(first + at),
        ...alike,
        clicks: at < clicking ? alike.clicks : 0,
      }))
    })
  return { views: events(), taps: events(), allSeen }
}
