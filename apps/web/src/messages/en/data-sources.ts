import type { DataSourceSummary } from '@recomamp/contracts'
import { figure } from '#platform/words.ts'
import { filter } from './filter.ts'

const unknownWindow = 'No public page says which column the window of a run filters.'

export const dataSources = {
  title: 'Data sources',
  filter,
  find: 'Find a data source or field',
  findLabel: 'Find',
  findPlaceholder: 'names, fields, meanings',
  count: (shown: string, all: string) => (shown === all ? `${all} tables` : `${shown} of ${all} tables match`),
  none: (text: string) => `No table and no field matches “${text}”.`,
  clear: 'Clear the search',
  columns: {
    select: 'Selected',
    table: 'Table',
    fields: 'Fields',
    classes: 'Privacy classes',
    dimensions: 'Dim.',
    metrics: 'Metr.',
    instance: 'On this instance',
  },
  onInstance: { here: 'Live', lacking: 'not there', unknown: 'not read' },
  selectOne: (name: string) => `Select ${name}`,
  more: (count: number) => `and ${count} more`,
  readingTables: (name: string) => `Reading the tables of ${name}`,
  selection: {
    label: 'Selection',
    count: (count: number) => `${count} selected`,
    remove: (name: string) => `Take ${name} out of the selection`,
    clear: 'Clear',
    csv: 'CSV',
    json: 'JSON',
    compare: (count: number) => `Compare ${count}`,
    compareLimit: 'Two to four tables can be compared.',
    uploads: (count: number) =>
      count === 1 ? 'One upload is not in the files.' : `${count} uploads are not in the files.`,
  },
  compareInstances: 'Compare instances',
  changes: 'Changes',
  open: 'Open',
  queryIt: 'Query it',
  retired: 'retired',
  preview: (name: string) => `About ${name}`,
  close: 'Close the preview',
  copyName: (name: string) => `Copy ${name}`,
  facts: {
    rowIs: 'One row is',
    window: 'Window runs on',
    audience: 'Audience table',
    history: 'History',
    availability: 'Available',
    joins: 'Joins on',
  },
  unknownWindow,
  /** Of a table without a time column. */
  window: (kind: DataSourceSummary['kind']) => (kind === 'dimension' ? 'nothing: the table ignores it' : unknownWindow),
  noAudience: 'none is documented',
  keyFields: 'Fields worth knowing',
  firstFields: 'Its first fields',
  ofFields: (shown: number, all: number) => `${shown} of ${figure(all)}`,
  noFields: 'Its columns are not public.',
}
