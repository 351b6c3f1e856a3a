import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Answers 304 to a browser that has this answer already; else the answer goes out with its ETag. */
export function answerOnce<T>(request: FastifyRequest, reply: FastifyReply, answer: T): T {
  if (isKnown(request, reply, answer)) reply.code(304).send()
  return answer
}

/** The same for an answer that is written out already, for which something shorter stands: the same only for equal answers. */
export function answerJson(request: FastifyRequest, reply: FastifyReply, json: string, told: unknown): FastifyReply {
  if (isKnown(request, reply, told)) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(json)
}

function isKnown(request: FastifyRequest, reply: FastifyReply, told: unknown): boolean {
  const hash = createHash('sha256').update(JSON.stringify(told)).digest('base64url')
  // Weak, because compression changes the bytes.
  const etag = `W/"${hash.slice(0, 22)}"`
  reply.header('etag', etag).header('cache-control', 'private, no-cache')
  return request.headers['if-none-match']?.includes(etag) === true
}
