/** Milliseconds of a number of seconds. */
export function seconds(count: number): number {
  return count * 1000
}

/** Milliseconds of a number of minutes. */
export function minutes(count: number): number {
  return seconds(count * 60)
}

/** Milliseconds of a number of hours. */
export function hours(count: number): number {
  return minutes(count * 60)
}

/** The instant a number of milliseconds after another. */
export function later(instant: Date, milliseconds: number): Date {
  return new Date(instant.getTime() + milliseconds)
}
