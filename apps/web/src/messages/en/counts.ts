import { counted } from '#platform/words.ts'

/** How many of something, for wherever that is all there is to say. */
export const counts = {
  rows: (count: number) => counted(count, 'row'),
  cells: (count: number) => counted(count, 'cell'),
  values: (count: number) => counted(count, 'value'),
  points: (count: number) => counted(count, 'point'),
  days: (count: number) => counted(count, 'day'),
}
