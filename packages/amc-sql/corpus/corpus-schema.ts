import { loadSchema } from '@recomamp/amc-catalogue/schema'
import type { Column, Schema, Table } from '../src/index.ts'

function column(name: string, type: Column['type'], threshold: Column['threshold'] = 'LOW'): Column {
  return { name, type, role: type === 'DECIMAL' ? 'metric' : 'dimension', threshold, description: '' }
}

/** What an advertiser uploads: Amazon adds `user_id` and `user_id_type` to its columns. */
function upload(name: string, columns: Column[]): Table {
  const identity = [column('user_id', 'STRING', 'VERY_HIGH'), column('user_id_type', 'STRING')]
  return {
    name,
    title: name,
    category: 'Uploads',
    description: '',
    kind: 'dimension',
    timeColumn: null,
    audience: false,
    columns: [...identity, ...columns],
    legacyColumns: [],
  }
}

/** The real catalogue with two tables of an advertiser's own. */
export const corpusSchema: Schema = {
  tables: [
    ...loadSchema().tables,
    upload('crm_customers', [column('tier', 'STRING'), column('first_order_date', 'DATE')]),
    upload('shop_orders', [
      column('order_number', 'STRING'),
      column('order_dt', 'TIMESTAMP'),
      column('order_value', 'DECIMAL', 'NONE'),
    ]),
  ],
}
