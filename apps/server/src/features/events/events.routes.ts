import { type AppEvent, Problem, eventsPath } from '@recomamp/contracts'
import type { FastifyReply } from 'fastify'
import type { Ctx } from '#context.ts'
import type { App, Member } from '#platform/http/app-types.ts'
import { inWorkspace } from '#platform/db/scope.ts'
import { memberOf, requireAccess } from '#platform/http/access.ts'
import { seconds } from '#platform/time.ts'
import { type EventStream, type EventStreams, newestEventId, tellEventsJobName } from './event-streams.ts'

/** Shorter than the idle time-outs of common proxies. */
const heartbeatEvery = seconds(15)
/** A browser that reads no more is let go; it comes back with Last-Event-ID. */
const unreadLimit = 1024 * 1024

/** `GET /api/events`: what changes in the workspace, resumed by Last-Event-ID, until the session ends. */
export function eventRoutes(app: App, ctx: Ctx, streams: EventStreams): void {
  app.get(eventsPath, { config: { limit: 'frequent', isStream: true } }, async (request, reply) => {
    requireAccess(request, { role: 'viewer' })
    const who = memberOf(request)
    const newest = () => inWorkspace(who.workspaceId, () => newestEventId(ctx.db, who.workspaceId))
    const lastId = readLastId(request.headers['last-event-id']) ?? (await newest())
    openStream(reply, streams, who, lastId)
    ctx.wake(tellEventsJobName)
    return reply
  })
  app.addHook('preClose', (done) => {
    streams.endAll()
    done()
  })
}

function readLastId(header: string | string[] | undefined): number | null {
  if (header === undefined || header === '') return null
  if (typeof header === 'string' && /^\d{1,15}$/.test(header)) return Number(header)
  throw new Problem('input-invalid', 'Last-Event-ID must be the id of an event of this stream', {
    errors: [{ path: 'headers.last-event-id', message: 'must be a number' }],
  })
}

function openStream(reply: FastifyReply, streams: EventStreams, who: Member, lastId: number): void {
  const { raw } = reply
  reply.header('content-type', 'text/event-stream; charset=utf-8')
  reply.header('cache-control', 'no-store')
  // nginx would otherwise gather the answer before it passes it on.
  reply.header('x-accel-buffering', 'no')
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value)
  reply.hijack()
  raw.writeHead(200)
  // The place, so that a stream that breaks off before its first event is resumed from here too.
  raw.write(`retry: 2000\nid: ${lastId}\n\n`)
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), heartbeatEvery)
  const stream: EventStream = {
    workspaceId: who.workspaceId,
    via: who.via.id,
    lastId,
    tell(id: number, event: AppEvent) {
      raw.write(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
      if (raw.writableLength <= unreadLimit) return
      letGo()
      // What it has not read it never will, so an end in good form would not come.
      raw.destroy()
    },
    end() {
      letGo()
      raw.end()
    },
  }
  // Nothing may be written after the end: that would be an error that nobody catches.
  const letGo = () => {
    clearInterval(heartbeat)
    streams.close(stream)
  }
  streams.open(stream)
  raw.on('close', letGo)
}
