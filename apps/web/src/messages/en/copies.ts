export const copies = {
  title: 'AMC copy',
  none: 'none; each run sends the whole query',
  inStep: 'in step',
  beforeEdits: 'in step, before your edits',
  behind: (version: number) => `behind, AMC has v${version}`,
  unknown: 'what AMC has is not certain',
  waiting: 'on its way to AMC',
  removing: 'being removed at AMC',
  amcWords: (words: string) => `AMC’s words: ${words}.`,
  sync: 'Sync',
  remove: 'Remove from AMC',
}
