/** An ISO 8601 duration, `P28D`; parts that are not named are 0. */
export interface Duration {
  years: number
  months: number
  days: number
  hours: number
  minutes: number
  seconds: number
}

const form = /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i

/** Reads an ISO 8601 duration; null where the text is none. */
export function readDuration(text: string): Duration | null {
  const found = form.exec(text.trim())
  if (found === null) return null
  const part = (index: number): number => Number(found[index] ?? 0)
  return {
    years: part(1),
    months: part(2),
    days: part(3) * 7 + part(4),
    hours: part(5),
    minutes: part(6),
    seconds: part(7),
  }
}
