import { counted, figure } from '#platform/words.ts'

/** Where what is known of AMC's tables comes from. */
export const catalogue = {
  open: 'Catalogue',
  title: 'Where the catalogue comes from',
  reading: 'Reading where the catalogue comes from',
  facts: {
    origin: 'From',
    commit: 'Commit',
    folder: 'Folder',
    licence: 'Licence',
    imported: 'Taken over',
    holds: 'Holds',
    checked: 'Checked',
  },
  shipped: (version: string) => `RecomAMP ${version}, as it ships`,
  shippedLicence: 'MIT, as RecomAMP itself',
  file: (path: string) => `the file ${path}`,
  ref: (ref: string) => (ref === 'HEAD' ? 'head of the default branch' : ref),
  committed: (time: string) => `of ${time}`,
  noLicence: 'GitHub recognises none; ask its owner before you pass it on.',
  fileLicence: 'whatever came with the file',
  holds: (counts: { sources: number; fields: number; examples: number; relationships: number; templates: number }) =>
    [
      counted(counts.sources, 'table'),
      counted(counts.fields, 'field'),
      counted(counts.examples, 'example query', 'example queries'),
      counted(counts.relationships, 'relationship'),
      counted(counts.templates, 'template'),
    ].join(', '),
  wholeFolder: 'the whole repository',
  never: 'not yet',
  checking: 'GitHub is being asked',
  check: 'Check now',
  failed: 'The repository could not be taken over; everything stays as it was.',
  fault: (file: string, line: number) => `${file}:${line}`,
  moreFaults: (count: number) => `and ${figure(count)} more`,
  inShort: {
    shipped: (version: string) => `These facts are of the catalogue that ships with RecomAMP ${version}.`,
    file: (path: string) => `These facts are of the catalogue in the file ${path}.`,
    repository: 'These facts are of the catalogue in',
    licence: (licence: string) => `licence ${licence}`,
    noLicence: 'no licence that GitHub recognises',
  },
} as const
