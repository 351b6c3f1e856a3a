import { AmcDateTime } from '@recomamp/amc-wire'

/** The wire form of an instant in UTC, for filters such as `minCreationTime`; fractions of a second are cut. */
export function amcDateTimeOf(instant: Date): AmcDateTime {
  return AmcDateTime.parse(instant.toISOString().slice(0, 19))
}
