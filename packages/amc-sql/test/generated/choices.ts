/** Decisions drawn one after the other; fast-check makes them in tests, a seeded generator in long runs. */
export interface Choices {
  /** A whole number from 0 up to and without `count`. */
  below(count: number): number
}

export function pick<T>(choices: Choices, items: readonly T[]): T {
  const item = items[choices.below(items.length)]
  if (item === undefined) throw new Error('There is nothing to pick from')
  return item
}

/** True in about `percent` of 100 cases. */
export function chance(choices: Choices, percent: number): boolean {
  return choices.below(100) < percent
}

/** Choices from a seed, the same in every process (mulberry32). */
export function seededChoices(seed: number): Choices {
  let state = seed >>> 0
  return {
    below(count) {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * count)
    },
  }
}
