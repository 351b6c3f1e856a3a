import type { ReadPlace } from '@recomamp/contracts'
import { comparison as t } from '#messages/comparison.ts'
import { exactly } from '#platform/words.ts'

/** Where the columns are looked at, in words that tell them apart: the catalogue, an instance, one of its readings. */
export function placeWords(places: readonly (ReadPlace | null)[]): string[] {
  const isOneInstance = places.every((place) => place !== null && place.instance.id === places[0]?.instance.id)
  return places.map((place) => {
    if (place === null) return t.catalogue
    if (isOneInstance) return t.readingOf(exactly(place.firstReadAt))
    const isAlone = places.filter((other) => other?.instance.id === place.instance.id).length === 1
    return isAlone ? place.instance.name : t.asRead(place.instance.name, exactly(place.firstReadAt))
  })
}

/** What each column is called: by its table, by its place where all show one table, by both where only some do. */
export function columnLabels(sources: readonly { name: string; place: ReadPlace | null }[]): string[] {
  const places = placeWords(sources.map(({ place }) => place))
  if (sources.every(({ place }) => place === null)) return sources.map(({ name }) => name)
  if (sources.every(({ name }) => name === sources[0]?.name)) return places
  return sources.map(({ name }, at) => t.inPlace(name, places[at] ?? ''))
}
