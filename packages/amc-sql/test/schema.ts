import type { Column, Schema, Table } from '../src/index.ts'

type Short = readonly [name: string, type: Column['type'], threshold?: Column['threshold']]

function table(name: string, columns: readonly Short[], timeColumn: string | null = 'event_dt_utc'): Table {
  return {
    name,
    title: name,
    category: 'Events',
    description: '',
    kind: timeColumn === null ? 'dimension' : 'fact',
    timeColumn,
    audience: name.endsWith('_for_audiences'),
    legacyColumns: ['old_name'],
    columns: columns.map(([column, type, threshold = 'LOW']) => ({
      name: column,
      type,
      role: type === 'LONG' || type === 'DECIMAL' ? 'metric' : 'dimension',
      threshold,
      description: '',
    })),
  }
}

const columns: readonly Short[] = [
  ['user_id', 'STRING', 'VERY_HIGH'],
  ['campaign', 'STRING'],
  ['line_item', 'STRING'],
  ['device_type', 'STRING'],
  ['postal_code', 'STRING', 'HIGH'],
  ['marketplace_id', 'INTEGER', 'INTERNAL'],
  ['event_dt_utc', 'TIMESTAMP'],
  ['event_date', 'DATE'],
  ['impressions', 'LONG', 'NONE'],
  ['clicks', 'LONG', 'NONE'],
  ['spend', 'LONG', 'NONE'],
  ['sales', 'DECIMAL', 'NONE'],
]

/** Two tables of events with the same columns, the audience twin of one, and a table about no one. */
export const eventSchema: Schema = {
  tables: [
    table('views', columns),
    table('taps', columns),
    table('views_for_audiences', columns),
    table(
      'segments',
      [
        ['segment', 'STRING'],
        ['segment_name', 'STRING'],
      ],
      null,
    ),
  ],
}
