import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { keepLatest } from '#platform/keep-latest.ts'

/** Answers 304 to a browser that has this answer already; else the answer goes out with its ETag. */
export function answerOnce<T>(request: FastifyRequest, reply: FastifyReply, answer: T): T {
  if (isKnown(request, mark(reply, answer))) reply.code(304).send()
  return answer
}

/** A large answer that is written out and hashed already; the hash is the same only for equal answers. */
export interface WrittenAnswer {
  readonly json: string
  readonly hash: string
}

export function writtenAnswer(answer: unknown): WrittenAnswer {
  const json = JSON.stringify(answer)
  return { json, hash: hashOf(json) }
}

/** The same as answerOnce for an answer that many ask for: `more` are fields that it has besides. It is compressed once, too. */
export async function answerWritten(
  request: FastifyRequest,
  reply: FastifyReply,
  { json, hash }: WrittenAnswer,
  more: object = {},
): Promise<FastifyReply> {
  const etag = mark(reply, { hash, more })
  if (isKnown(request, etag)) return reply.code(304).send()
  const answer = Object.keys(more).length === 0 ? json : `${json.slice(0, -1)},${JSON.stringify(more).slice(1)}`
  reply.type('application/json; charset=utf-8')
  const coding = codings.find((each) => takes(request, each))
  if (answer.length < packedFrom || coding === undefined) return reply.send(answer)
  const bytes = await kept.of(`${coding} ${etag}`, () => compress[coding](answer))
  return reply.header('content-encoding', coding).header('vary', 'accept-encoding').send(bytes)
}

/** In characters: what is shorter is compressed as fast as it is sent. */
const packedFrom = 50_000
/** Each takes some tens of kilobytes. */
const mostPacked = 32
const kept = keepLatest<Buffer>(mostPacked)
const [compressBrotli, compressGzip] = [promisify(brotliCompress), promisify(gzip)]

/** Browsers take the second where a page is not secure. */
const codings = ['br', 'gzip'] as const
type Coding = (typeof codings)[number]

const compress: Record<Coding, (text: string) => Promise<Buffer>> = {
  br: (text) => compressBrotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (text) => compressGzip(text),
}

function takes(request: FastifyRequest, wanted: Coding): boolean {
  const taken = request.headers['accept-encoding']?.toString().split(',') ?? []
  return taken.some((each) => {
    const [coding, weight = ''] = each.replaceAll(' ', '').split(';')
    return coding === wanted && !/^q=0(\.0*)?$/.test(weight)
  })
}

/** Puts the ETag on an answer. Weak, because compression changes the bytes. */
function mark(reply: FastifyReply, told: unknown): string {
  const etag = `W/"${hashOf(JSON.stringify(told)).slice(0, 22)}"`
  reply.header('etag', etag).header('cache-control', 'private, no-cache')
  return etag
}

function isKnown(request: FastifyRequest, etag: string): boolean {
  return request.headers['if-none-match']?.includes(etag) === true
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
