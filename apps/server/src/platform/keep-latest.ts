/** What was made for a key, of which it is never made twice while it is kept; what failed is made anew. */
export interface Latest<T> {
  of(key: string, make: () => Promise<T>): Promise<T>
}

/** Keeps so many of what is costly to make, those that were asked for last. */
export function keepLatest<T>(most: number): Latest<T> {
  const kept = new Map<string, Promise<T>>()
  return {
    async of(key, make) {
      const made = kept.get(key) ?? make()
      kept.delete(key)
      kept.set(key, made)
      const [oldest] = kept.keys()
      if (kept.size > most && oldest !== undefined) kept.delete(oldest)
      try {
        return await made
      } catch (error) {
        if (kept.get(key) === made) kept.delete(key)
        throw error
      }
    },
  }
}
