import { createToken, listTokens, revokeToken } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { makeToken, revoke } from './make-token.ts'
import { pageOfTokens } from './personal-tokens.store.ts'
import type { TokenCallers } from './token-callers.ts'

export function personalTokenRoutes(app: App, ctx: Ctx, callers: TokenCallers): void {
  serve(app, listTokens, ({ who, query }) => pageOfTokens(ctx.db, who, query, ctx.now()))
  serve(app, createToken, ({ who, body, reply }) => {
    void reply.header('cache-control', 'no-store')
    return makeToken(ctx, who, body)
  })
  serve(app, revokeToken, async ({ who, params }) => {
    await revoke(ctx, who, params.tokenId)
    await callers.forget()
    return undefined
  })
}
