import { counted } from '#platform/words.ts'

/** The tables of two instances beside each other. */
export const instanceComparison = {
  title: 'Compare instances',
  first: 'Instance',
  second: 'with',
  choose: 'Choose two instances; the page then shows which tables only one of them has, and where columns differ.',
  chooseReading: 'Both sides show the same. Choose an earlier reading on one side, or another instance.',
  firstReading: 'Which reading of the first instance',
  secondReading: 'Which reading of the second instance',
  latest: 'as it is now',
  asOf: (time: string) => `as of ${time}`,
  thisReading: 'an earlier reading',
  sideBySide: 'side by side',
  sideBySideOf: (name: string) => `${name} side by side`,
  pick: 'choose',
  reading: 'Comparing the tables',
  waiting: 'Amazon is asked for the tables of an instance that nobody has looked at yet.',
  counts: (only: number, lacking: number, differing: number, same: number) =>
    `${counted(only, 'table')} only in the first, ${lacking} only in the second, ${differing} differ, ${same} are the same`,
  onlyIn: (name: string, other: string) => `${name} has, ${other} lacks`,
  none: 'none',
  differing: 'Columns differ',
  same: (count: number) => `No difference in ${count} tables.`,
  fields: (count: number) => counted(count, 'field'),
  uploaded: 'upload',
  field: 'Field',
  absent: 'not there',
  unsaid: 'type not told',
  readAt: (time: string) => `read ${time}`,
} as const
