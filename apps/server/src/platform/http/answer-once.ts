import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Answers 304 to a browser that has this answer already; else the answer goes out with its ETag. */
export function answerOnce<T>(request: FastifyRequest, reply: FastifyReply, answer: T): T {
  const hash = createHash('sha256').update(JSON.stringify(answer)).digest('base64url')
  // Weak, because compression changes the bytes.
  const etag = `W/"${hash.slice(0, 22)}"`
  reply.header('etag', etag).header('cache-control', 'private, no-cache')
  if (request.headers['if-none-match']?.includes(etag) === true) reply.code(304).send()
  return answer
}
