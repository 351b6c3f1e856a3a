import type { FastifyReply } from 'fastify'

/** Sends JSON under exactly this media type: recorded answers name no character set. */
export function sendJson(reply: FastifyReply, mediaType: string, body: object) {
  return reply.header('content-type', mediaType).send(Buffer.from(JSON.stringify(body)))
}

/** `{}` as octets, as a recorded creation of a workflow was answered; published for every write without an answer of its own. */
export function sendDone(reply: FastifyReply) {
  return sendJson(reply, 'application/octet-stream', {})
}

/** The object with its keys in alphabetical order, in which all recorded objects of reporting stand. */
export function alphabetical<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) as T
}
