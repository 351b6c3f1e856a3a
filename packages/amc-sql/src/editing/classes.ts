/** Groups of things that belong together, by number; two groups can become one at any time. */
export class Classes {
  readonly #numbers = new Map<unknown, number>()
  readonly #parents: number[] = []

  /** The number of a thing, which may be shared with others later. */
  numberOf(key: unknown): number {
    let number = this.#numbers.get(key)
    if (number === undefined) {
      number = this.#parents.length
      this.#parents.push(number)
      this.#numbers.set(key, number)
    }
    return number
  }

  join(one: number, other: number): void {
    this.#parents[this.rootOf(other)] = this.rootOf(one)
  }

  /** The number that all members of a group have in common. */
  rootOf(number: number): number {
    let root = number
    for (let parent = this.#parents[root]; parent !== undefined && parent !== root; parent = this.#parents[root])
      root = parent
    this.#parents[number] = root
    return root
  }
}
