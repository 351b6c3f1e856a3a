import { useDensity } from '#platform/appearance.ts'

const coarse = typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches

/** How tall a row of a list is: as given, 8 px more where the person wants that, and never below what a finger needs. */
export function useRowHeight(compact: number, forFinger = 40): number {
  const [density] = useDensity()
  const wanted = density === 'roomy' ? compact + 8 : compact
  return coarse ? Math.max(wanted, forFinger) : wanted
}
