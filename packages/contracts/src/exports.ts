import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { oneExecution } from './executions.ts'
import { ExecutionId, ExportId } from './ids.ts'
import { Instant, page, PageQuery } from './paging.ts'

export const ExportFormat = z.enum(['csv', 'xlsx', 'json', 'ndjson', 'parquet'])
export type ExportFormat = z.infer<typeof ExportFormat>

/** Rows that a sheet of Excel holds below its line of names. */
export const xlsxRowLimit = 1_048_575

/** A file made of the whole of a stored result: complete, or failed with the reason in words. */
export const Export = z.object({
  id: ExportId,
  executionId: ExecutionId,
  format: ExportFormat,
  /** CSV only: texts that a spreadsheet would take for a formula stand as they are. */
  keepsFormulas: z.boolean(),
  status: z.enum(['queued', 'running', 'completed', 'failed']),
  fileName: z.string(),
  rowCount: z.number().int().nonnegative().nullable(),
  bytes: z.number().int().nonnegative().nullable(),
  /** SHA-256 of the file, in hex. */
  checksum: z.string().nullable(),
  failure: z.string().nullable(),
  requestedAt: Instant,
  finishedAt: Instant.nullable(),
  /** When the file is deleted; it can be made again then. */
  expiresAt: Instant.nullable(),
})
export type Export = z.infer<typeof Export>

const oneExport = z.strictObject({ exportId: ExportId })

/** Answers the file of the same kind that there is or that is being made, or begins one. */
export const createExport = endpoint({
  method: 'POST',
  path: '/api/executions/:executionId/exports',
  summary: 'Make a file of a whole result',
  tag: 'exports',
  role: 'viewer',
  params: oneExecution,
  body: z.strictObject({ format: ExportFormat, keepsFormulas: z.boolean().default(false) }),
  ok: { status: 202, body: Export },
  problems: ['execution-not-found', 'results-not-ready', 'results-past-retention', 'export-not-possible'],
})

export const listExports = endpoint({
  method: 'GET',
  path: '/api/executions/:executionId/exports',
  summary: 'The files of a result that there are or that are being made',
  tag: 'exports',
  role: 'viewer',
  params: oneExecution,
  query: PageQuery,
  ok: { status: 200, body: page(Export) },
  problems: ['execution-not-found'],
})

export const getExport = endpoint({
  method: 'GET',
  path: '/api/exports/:exportId',
  summary: 'Where an export stands',
  tag: 'exports',
  limit: 'frequent',
  role: 'viewer',
  params: oneExport,
  ok: { status: 200, body: Export },
  problems: ['export-not-found'],
})

/** Sets a cookie that opens this one file for 60 seconds, so that its address can be a plain link without a token. */
export const openDownload = endpoint({
  method: 'POST',
  path: '/api/exports/:exportId/download',
  summary: 'Open the way to the file of an export',
  tag: 'exports',
  role: 'viewer',
  params: oneExport,
  ok: { status: 200, body: z.object({ url: z.string() }) },
  problems: ['export-not-found', 'export-not-ready'],
})

export const downloadExport = endpoint({
  method: 'GET',
  path: '/api/exports/:exportId/file',
  summary: 'The file of an export, for 60 seconds after its download was opened',
  tag: 'exports',
  auth: 'cookie',
  params: oneExport,
  ok: { status: 200, body: z.unknown().describe('The bytes of the file') },
  problems: ['download-not-open', 'export-not-found'],
})
