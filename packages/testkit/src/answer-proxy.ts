import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request on its way to Amazon, and what Amazon answered. */
export interface PassedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface PassedAnswer {
  status: number
  contentType: string
  body: string | Buffer
  headers?: Record<string, string>
}

/** Between the server and Amazon: sees every request and may change it, and answers something else than Amazon did. */
export interface Between {
  request?(request: PassedRequest): string
  answer?(request: PassedRequest, answer: PassedAnswer): PassedAnswer
}

/** An HTTP proxy before `target` that lets a test change what passes; addresses in bodies still lead past it. */
export async function startAnswerProxy(
  target: string,
  between: Between,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    pass(target, between, incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function pass(target: string, between: Between, incoming: IncomingMessage, outgoing: ServerResponse) {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const method = incoming.method ?? 'GET'
  const given = { method, path: incoming.url ?? '/', headers: incoming.headers, body: Buffer.concat(chunks).toString() }
  const request = { ...given, body: between.request?.(given) ?? given.body }
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers))
    if (typeof value === 'string' && !hopByHop.has(name)) headers.set(name, value)
  const answer = await fetch(`${target}${request.path}`, {
    method,
    headers,
    redirect: 'manual',
    ...(method === 'GET' ? {} : { body: request.body }),
  })
  const asked = {
    status: answer.status,
    contentType: answer.headers.get('content-type') ?? '',
    body: await answer.text(),
    headers: kept(answer.headers),
  }
  const told = between.answer?.(given, asked) ?? asked
  outgoing.writeHead(told.status, { ...told.headers, 'content-type': told.contentType })
  outgoing.end(told.body)
}

const hopByHop = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive'])

function kept(headers: Headers): Record<string, string> {
  const names = ['x-amz-rid', 'x-amz-request-id', 'retry-after']
  return Object.fromEntries(names.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? '']] : [])))
}
