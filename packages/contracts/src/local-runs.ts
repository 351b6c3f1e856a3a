import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { PrivacyFilteringBehavior, ResultColumn } from './executions.ts'
import { ParameterValues } from './parameters.ts'
import { Cell, MoneyColumn, RowMark } from './results.ts'
import { TimeWindow } from './time-window.ts'
import { WorkflowContent } from './workflows.ts'

/** A text to run on the synthetic data of this installation; nothing is sent to AMC. */
export const LocalRunRequest = z.strictObject({
  ...WorkflowContent.pick({ sqlQuery: true, parameters: true }).shape,
  values: ParameterValues,
  /** Absent: seven days that end 14 days ago. */
  window: TimeWindow.optional(),
  /** `OFF` shows every row, also of single users: they are synthetic. */
  privacy: z.enum([...PrivacyFilteringBehavior.options, 'OFF']),
})
export type LocalRunRequest = z.infer<typeof LocalRunRequest>

/** How many rows an answer holds at most. */
export const localRowLimit = 1000

export const LocalRun = z.object({
  columns: z.array(ResultColumn),
  /** Which of them surely hold money. */
  money: z.array(MoneyColumn),
  /** The first rows, at most 1,000. */
  rows: z.array(z.array(Cell)),
  /** For each row what was filtered in it; empty where values are not blanked. */
  marks: z.array(RowMark),
  /** Rows of the whole result. */
  rowCount: z.number().int().nonnegative(),
  tookMs: z.number().int().nonnegative(),
  window: TimeWindow,
})
export type LocalRun = z.infer<typeof LocalRun>

export const runLocally = endpoint({
  method: 'POST',
  path: '/api/local-runs',
  summary: 'Run a text on synthetic data, without AMC',
  tag: 'local-runs',
  role: 'analyst',
  body: LocalRunRequest,
  ok: { status: 200, body: LocalRun },
  problems: ['query-refused', 'local-run-failed'],
})

/** Amazon hides what describes fewer people than the class of a column asks for. */
const threshold = z.enum(['NONE', 'LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH', 'INTERNAL'])

const judgedRow = z.object({
  cells: z.array(Cell),
  /** How many rows of the query became this one. */
  rows: z.number().int().positive(),
  /** People in the smallest of them. */
  users: z.number().int().nonnegative(),
  /** Columns whose value is blanked. */
  blanked: z.array(z.string()),
})

export const PrivacyPreviewRequest = LocalRunRequest.omit({ privacy: true })
export type PrivacyPreviewRequest = z.infer<typeof PrivacyPreviewRequest>

export const PrivacyPreview = z.object({
  /** Rows of the query before any rule, and how many of them keep every value. */
  rowCount: z.number().int().nonnegative(),
  wholeCount: z.number().int().nonnegative(),
  /** How many rows the others become, since rows that are alike without their values are one. */
  mergedCount: z.number().int().nonnegative(),
  /** People that a row needs to be kept whole. */
  usersNeeded: z.number().int().positive(),
  /** For each measure, how much of its sum stands in rows that are kept whole. */
  metrics: z.array(z.object({ name: z.string(), keptShare: z.number() })),
  /** Columns that need people, the one that is blanked most first. */
  causes: z.array(
    ResultColumn.extend({
      threshold,
      usersNeeded: z.number().int().positive(),
      blankedRows: z.number().int().nonnegative(),
    }),
  ),
  /** What the query could group by instead, best first. */
  groupings: z.array(
    z.object({
      kind: z.enum(['without', 'instead', 'longer-window']),
      /** The column that is left out or exchanged; null for a longer window. */
      column: z.string().nullable(),
      instead: z.string().nullable(),
      /** The changed text, with its placeholders. */
      sqlQuery: z.string(),
      window: TimeWindow.nullable(),
      rowCount: z.number().int().nonnegative(),
      wholeShare: z.number(),
      /** Of the first measure; null where there is none. */
      metricShare: z.number().nullable(),
    }),
  ),
  columns: z.array(ResultColumn),
  /** Some rows that lose values, the largest merger first, and some that are kept whole. */
  filtered: z.array(judgedRow),
  whole: z.array(judgedRow),
  tookMs: z.number().int().nonnegative(),
  window: TimeWindow,
})
export type PrivacyPreview = z.infer<typeof PrivacyPreview>

export const previewPrivacy = endpoint({
  method: 'POST',
  path: '/api/local-runs/privacy',
  summary: 'What Amazon’s privacy thresholds would do to a query, told on synthetic data',
  tag: 'local-runs',
  role: 'analyst',
  body: PrivacyPreviewRequest,
  ok: { status: 200, body: PrivacyPreview },
  problems: ['query-refused', 'local-run-failed'],
})
