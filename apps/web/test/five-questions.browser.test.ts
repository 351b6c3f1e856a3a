import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterSandbox, openQuestion, openStage, type Stage } from './stage.ts'

/** Each shipped question, opened, run and read by a person; one number of the grid is asked of the synthetic data directly. */
let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

interface Question {
  title: string
  /** The columns that name a row, and the number that is compared. */
  key: string[]
  number: string
  /** DuckDB SQL for that number over the window; `$1`, `$2` … are the key's values. */
  direct: string
}

const inWindow = (column: string) => `${column} >= '{start}' and ${column} < '{end}'`

const questions: Question[] = [
  {
    title: 'Which campaigns have data here?',
    key: ['campaign_id_string'],
    number: 'impressions',
    direct: `
      select (select coalesce(sum(impressions), 0) from dsp_impressions where campaign_id_string = $1 and ${inWindow('impression_dt_utc')})
        + (select coalesce(sum(impressions), 0) from sponsored_ads_traffic where campaign_id_string = $1 and ${inWindow('event_dt_utc')})`,
  },
  {
    title: 'How many people saw a DSP campaign once, twice, ten times?',
    key: ['campaign_id_string', 'frequency_bucket'],
    number: 'users_in_bucket',
    direct: `
      select count(*) from (
        select user_id, sum(impressions) as seen from dsp_impressions
        where campaign_id_string = $1 and user_id is not null and ${inWindow('impression_dt_utc')} group by user_id)
      where seen = $2::integer`,
  },
  {
    title: 'In which order did buyers meet our campaigns?',
    key: ['path'],
    number: 'path_occurrences',
    direct: `
      with touches as (
        select user_id, campaign, min(impression_dt_utc) as first_touch from dsp_impressions
        where user_id is not null and ${inWindow('impression_dt_utc')} group by all
        union all
        select user_id, campaign, min(event_dt_utc) from sponsored_ads_traffic
        where user_id is not null and ${inWindow('event_dt_utc')} group by all),
      steps as (select *, row_number() over (partition by user_id order by first_touch, campaign) as step from touches),
      paths as (
        select user_id, '[' || string_agg('[' || step || ', ' || campaign || ']', ', ' order by step) || ']' as path
        from steps where step <= 5 group by user_id)
      select count(*) from paths where path = $1`,
  },
  {
    title: 'Which campaigns bring first-time customers?',
    key: ['campaign_id_string'],
    number: 'all_users_with_purchase',
    direct: `
      select count(distinct user_id) from amazon_attributed_events_by_conversion_time
      where campaign_id_string = $1 and total_purchases > 0 and ${inWindow('conversion_event_dt_utc')}`,
  },
  {
    title: 'How long after the ad do they buy?',
    key: ['campaign_id_string', 'time_to_conversion'],
    number: 'total_brand_purchases',
    direct: `
      select sum(total_purchases) from (
        select total_purchases, date_diff('second', traffic_event_dt_hour_utc, conversion_event_dt_hour_utc) / 3600 as hours
        from amazon_attributed_events_by_conversion_time
        where campaign_id_string = $1 and user_id is not null and total_purchases > 0 and ${inWindow('traffic_event_dt_utc')})
      where left($2, 1) = case when hours < 1 then '1' when hours < 6 then '2' when hours < 24 then '3' when hours < 48 then '4'
        when hours < 96 then '5' when hours < 168 then '6' else '7' end`,
  },
]

test.each(questions)('$title', async ({ title, key, number, direct }) => {
  const page = await stage.newPage({ viewport: { width: 2400, height: 1200 } })
  await enterSandbox(page, stage.url)
  await openQuestion(page, title)
  await page.getByRole('button', { name: /^Run/ }).click()
  await page.getByText('Succeeded').first().waitFor({ timeout: 60_000 })
  const start = await dateIn(page, 'From')
  const end = await dateIn(page, 'To')

  const rows = await gridRows(page)
  const row = rows.find((each) => key.every((column) => isTelling(each[column])) && /^\d/.test(each[number] ?? ''))
  expect(row, `a row with ${key.join(', ')} and ${number} among ${JSON.stringify(rows.slice(0, 2))}`).toBeDefined()

  const values = key.map((column) => row?.[column] ?? '')
  const answer = await askDirectly(direct.replaceAll('{start}', start).replaceAll('{end}', end), values)
  expect(Number(row?.[number]?.replaceAll(/[^\d.]/g, ''))).toBe(answer)
  await page.context().close()
})

/** Shown, not blanked. */
function isTelling(value: string | undefined): boolean {
  return value !== undefined && !['', 'filtered', 'null'].includes(value)
}

async function dateIn(page: Page, label: string): Promise<string> {
  return page.getByRole('textbox', { name: label, exact: true }).inputValue()
}

/** The rows on screen by column name. */
async function gridRows(page: Page): Promise<Record<string, string>[]> {
  const grid = page.getByRole('grid')
  // Rows that are still read stand there with empty cells.
  await grid.getByRole('gridcell').filter({ hasText: /\S/ }).first().waitFor()
  return grid.evaluate((element) => {
    const column = (cell: Element) => cell.getAttribute('aria-colindex') ?? ''
    const names = new Map<string, string>()
    for (const head of element.querySelectorAll('[role=columnheader]'))
      names.set(column(head), head.querySelector('.mono')?.textContent ?? '')
    return [...element.querySelectorAll('[role=row]')].slice(1).map((row) => {
      const cells = [...row.querySelectorAll('[role=gridcell]')]
      return Object.fromEntries(cells.map((cell) => [names.get(column(cell)) ?? '', cell.textContent?.trim() ?? '']))
    })
  })
}

async function askDirectly(sql: string, values: string[]): Promise<number> {
  // Other tests have data of other days in it.
  const folder = join(stage.dataDir, 'synthetic')
  const days = readdirSync(folder).filter((name) => /-\d{4}-\d\d-\d\d\.duckdb$/.test(name))
  const instance = await DuckDBInstance.create(join(folder, days.toSorted().at(-1) ?? ''), { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  try {
    const reader = await connection.runAndReadAll(sql, values)
    return Number(reader.getRows()[0]?.[0])
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
