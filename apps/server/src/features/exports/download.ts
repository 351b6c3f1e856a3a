import { createHmac, timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { downloadExport, type ExportFormat, type ExportId, Problem, WorkspaceId } from '@recomamp/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { later, seconds } from '#platform/time.ts'
import { exportFiles } from './export-files.ts'
import { requireExport } from './exports.store.ts'

const openFor = seconds(60)

/** The way to one file: a cookie for its path alone, so that a plain link downloads it and no token stands in an address. */
export function createDownloadCookies(ctx: Ctx) {
  const secure = ctx.config.publicUrl?.startsWith('https://') === true
  const name = `${secure ? '__Secure-' : ''}recomamp-download`
  const sign = (text: string) =>
    createHmac('sha256', ctx.secrets.jwtSecretKey).update(`export-download:${text}`).digest('base64url')
  return {
    /** Opens the download of a file that is complete. */
    async open(reply: FastifyReply, who: Member, id: ExportId): Promise<{ url: string }> {
      const { workspaceId } = who
      const { status, fileName, format, executionId } = await requireExport(ctx.db, workspaceId, id, ctx.now())
      if (status !== 'completed') throw new Problem('export-not-ready', `The export is ${status}`)
      const object = { kind: 'export', id, name: fileName } as const
      const deed = { action: 'export-downloaded', object, detail: { executionId, format } } as const
      await inTransaction(ctx.db, (tx) => recordAudit(tx, who, deed, ctx.now()))
      const url = downloadExport.path.replace(':exportId', id)
      const until = later(ctx.now(), openFor).getTime()
      const mark = sign(`${workspaceId}.${id}.${until}`)
      void reply.setCookie(name, `${workspaceId}.${until}.${mark}`, {
        path: url,
        httpOnly: true,
        secure,
        sameSite: 'strict',
        maxAge: openFor / seconds(1),
      })
      return { url }
    },
    /** Whose file the request may read; a Problem download-not-open without a cookie that still holds. */
    workspaceOf(request: FastifyRequest, id: ExportId): WorkspaceId {
      const [workspaceId = '', until = '', mark = ''] = (request.cookies[name] ?? '').split('.')
      const expected = Buffer.from(sign(`${workspaceId}.${id}.${until}`))
      const given = Buffer.from(mark)
      const isOurs = given.length === expected.length && timingSafeEqual(given, expected)
      if (!isOurs || Number(until) <= ctx.now().getTime())
        throw new Problem('download-not-open', 'Ask for the download again; its link holds for 60 seconds')
      return WorkspaceId.parse(workspaceId)
    },
  }
}

const mediaTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** The bytes of a file, streamed, with its name and checksum in the headers. */
export async function openFile(ctx: Ctx, reply: FastifyReply, workspaceId: WorkspaceId, id: ExportId) {
  const made = await requireExport(ctx.db, workspaceId, id, ctx.now())
  const { attempts } = await ctx.db
    .selectFrom('exports')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .select('attempts')
    .executeTakeFirstOrThrow()
  const path = await exportFiles(ctx.files.exports).open(id, attempts)
  const size = path === null ? null : (await stat(path)).size
  if (path === null || size === null || size !== made.bytes)
    throw new Problem('export-not-found', 'The server has lost the file; make it again')
  void reply.headers({
    'content-type': mediaTypes[made.format],
    'content-length': size,
    'content-disposition': `attachment; filename="result.${made.format}"; filename*=UTF-8''${encodeURIComponent(made.fileName)}`,
    'repr-digest': `sha-256=:${Buffer.from(made.checksum ?? '', 'hex').toString('base64')}:`,
    'cache-control': 'private, no-store',
  })
  return createReadStream(path)
}
