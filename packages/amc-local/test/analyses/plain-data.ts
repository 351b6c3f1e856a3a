import { basename } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { toLocalValue } from '../../src/engine/local-value.ts'
import type { LocalQuery } from '../../src/open-local-engine.ts'
import type { Table } from './same-rows.ts'

/** The time that a window cuts a table by (data-model guide), written down again: the catalogue's own word is under test. */
const timeColumns = new Map(
  Object.entries({
    amazon_attributed_events_by_conversion_time: 'conversion_event_dt_utc',
    amazon_attributed_events_by_traffic_time: 'traffic_event_dt_utc',
    amazon_brand_store_engagement_events: 'event_dt_utc',
    amazon_brand_store_page_views: 'event_dt_utc',
    amazon_pvc_streaming_events_feed: 'pv_playback_dt_utc',
    amazon_retail_purchases: 'purchase_dt_utc',
    conversions: 'event_dt_utc',
    conversions_all: 'event_dt_utc',
    conversions_with_relevance: 'event_dt_utc',
    dsp_clicks: 'click_dt_utc',
    dsp_impressions: 'impression_dt_utc',
    dsp_impressions_by_user_segments: 'impression_dt_utc',
    dsp_video_events_feed: 'impression_dt_utc',
    dsp_views: 'event_dt_utc',
    experian_vehicle_purchases: 'purchase_date',
    ncs_cpg_insights_stream: 'week_end_dt',
    sponsored_ads_traffic: 'event_dt_utc',
  }),
)

export interface PlainData {
  /** Runs DuckDB SQL as it is; plain table names mean the tables inside the window. */
  run(sql: string, window: LocalQuery['window']): Promise<Table>
  close(): void
}

/** The files of the local engine in a DuckDB of their own that knows nothing of AMC. */
export async function openPlainData(files: readonly string[]): Promise<PlainData> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(`SET TimeZone = 'UTC'; CREATE SCHEMA inside`)
  await connection.run('SET VARIABLE window_start = NULL::TIMESTAMP; SET VARIABLE window_end = NULL::TIMESTAMP')
  for (const file of files) {
    const family = /\d-([a-z]+)\.duckdb$/.exec(basename(file))?.[1]
    const database = family === undefined ? 'synthetic' : `synthetic_${family}`
    await connection.run(`ATTACH '${file}' AS ${database} (READ_ONLY)`)
    const views = await connection.runAndReadAll(
      `SELECT view_name FROM duckdb_views() WHERE database_name = '${database}' AND schema_name = 'main' AND NOT internal`,
    )
    for (const table of views.getRows().flat().map(String)) {
      const column = timeColumns.get(table)
      const where = ` WHERE ${column} >= getvariable('window_start') AND ${column} < getvariable('window_end')`
      await connection.run(
        `CREATE VIEW inside.${table} AS SELECT * FROM ${database}.main.${table}${column === undefined ? '' : where}`,
      )
    }
  }
  await connection.run(`SET search_path = 'memory.inside'`)
  return {
    async run(sql, { start, end }) {
      await connection.run(
        `SET VARIABLE window_start = TIMESTAMP '${start}'; SET VARIABLE window_end = TIMESTAMP '${end}'`,
      )
      const result = await connection.runAndReadAll(sql)
      return { columns: result.columnNames(), rows: result.getRows().map((row) => row.map(toLocalValue)) }
    },
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
