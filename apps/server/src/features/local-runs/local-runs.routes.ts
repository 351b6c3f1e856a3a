import { Problem, previewPrivacy, runLocally } from '@recomamp/contracts'
import type { FastifyReply } from 'fastify'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { previewPrivacy as judge } from './preview-privacy.ts'
import { runLocally as run } from './run-locally.ts'

export function localRunRoutes(app: App, ctx: Ctx): void {
  serve(app, runLocally, ({ who, body, reply }) => run(ctx, who, body, untilGone(reply)))
  serve(app, previewPrivacy, ({ who, body, reply }) => judge(ctx, who, body, untilGone(reply)))
}

/** Aborted once nobody waits for the answer any more, so that a long query does not go on for nobody. */
function untilGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort(new Problem('local-run-failed', 'Nobody waited for the rows any more')))
  return gone.signal
}
