import { createExport, downloadExport, getExport, listExports, openDownload } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { createDownloadCookies, openFile } from './download.ts'
import { pageOfExports, requireExport } from './exports.store.ts'
import { requestExport } from './request-export.ts'

export function exportRoutes(app: App, ctx: Ctx): void {
  const cookies = createDownloadCookies(ctx)
  serve(app, createExport, ({ who, params, body }) => requestExport(ctx, who, params.executionId, body))
  serve(app, listExports, ({ who, params, query }) =>
    pageOfExports(ctx.db, who.workspaceId, params.executionId, ctx.now(), query),
  )
  serve(app, getExport, ({ who, params }) => requireExport(ctx.db, who.workspaceId, params.exportId, ctx.now()))
  serve(app, openDownload, ({ who, params, reply }) => cookies.open(reply, who, params.exportId))
  serve(app, downloadExport, ({ params, request, reply }) =>
    openFile(ctx, reply, cookies.workspaceOf(request, params.exportId), params.exportId),
  )
}
