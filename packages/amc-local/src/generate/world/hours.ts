/** Shares of the day's events by local hour, midnight first: shopping peaks at noon and in the evening, television after eight. */
export const hourShares: Readonly<Record<'television' | 'shopping', readonly number[]>> = {
  television: [3, 1, 1, 0, 0, 0, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 5, 7, 9, 12, 13, 12, 8],
  shopping: [2, 1, 1, 0, 0, 1, 2, 3, 4, 5, 5, 6, 7, 6, 5, 5, 5, 5, 6, 7, 8, 8, 6, 4],
}
