/** What a column of a comparison shows: a table, and the instance, the reading of one, or the catalogue, in which it is looked at. */
export interface ComparedColumn {
  name: string
  place: string
}

export const inCatalogue = 'catalogue'

/** A column out of the address: `dsp_clicks`, or `dsp_clicks@<id of an instance or a reading>`. */
export function readColumn(text: string): ComparedColumn {
  const [, name, place] = /^(.+)@([0-9a-f-]{36})$/.exec(text) ?? []
  return name === undefined || place === undefined ? { name: text, place: inCatalogue } : { name, place }
}

export function columnText({ name, place }: ComparedColumn): string {
  return place === inCatalogue ? name : `${name}@${place}`
}
