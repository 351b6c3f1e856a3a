/** The tables of two instances beside each other. */
export const instanceComparison = {
  title: 'Compare instances',
  first: 'Instance',
  second: 'with',
  choose: 'Choose two instances; the page then shows which tables only one of them has, and where columns differ.',
  pick: 'choose',
  reading: 'Comparing the tables',
  waiting: 'Amazon is asked for the tables of an instance that nobody has looked at yet.',
  counts: (only: number, lacking: number, differing: number, same: number) =>
    `${only} tables only in the first, ${lacking} only in the second, ${differing} differ, ${same} are the same`,
  onlyIn: (name: string, other: string) => `${name} has, ${other} lacks`,
  none: 'none',
  differing: 'Columns differ',
  same: (count: number) => `No difference in ${count} tables.`,
  fields: (count: number) => `${count} fields`,
  uploaded: 'upload',
  field: 'Field',
  absent: 'not there',
  unsaid: 'type not told',
  readAt: (time: string) => `read ${time}`,
} as const
