/** Raised with every change that makes other rows; it stands in the file's name, so that no old file is taken for a new one. */
export const generatorVersion = 3

export interface GenerationPlan {
  seed: number
  /** First day without data, `YYYY-MM-DD`: the data ends with the day before, which is complete. */
  endDay: string
  days: number
  dspImpressions: number
  sponsoredImpressions: number
  people: number
}

/**
 * What the two sizes hold. `small` covers 92 days and is built in seconds; `large` covers 13 months like Amazon's sandbox and has
 * five million DSP impressions, for measurements.
 */
export function planGeneration(options: { seed: number; size: 'small' | 'large'; endDay: string }): GenerationPlan {
  const { seed, endDay } = options
  return options.size === 'small'
    ? { seed, endDay, days: 92, dspImpressions: 240_000, sponsoredImpressions: 160_000, people: 42_000 }
    : { seed, endDay, days: 396, dspImpressions: 5_000_000, sponsoredImpressions: 3_000_000, people: 900_000 }
}
