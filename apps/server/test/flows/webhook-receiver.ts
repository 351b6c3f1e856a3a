import { once } from 'node:events'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request that arrived. */
export interface Arrived {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Somebody else's server that is told of what happens. */
export interface Receiver extends AsyncDisposable {
  readonly url: string
  readonly arrived: Arrived[]
  /** How it answers from now on, also to what waits: a status with headers, or never. */
  answer(how: { status: number; headers?: Record<string, string>; body?: string } | 'never'): void
}

export async function startReceiver(): Promise<Receiver> {
  const arrived: Arrived[] = []
  const waiting: ServerResponse[] = []
  let how: Parameters<Receiver['answer']>[0] = { status: 204 }
  const server: Server = createServer((request, reply) => {
    void receive(request, reply)
  })
  async function receive(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    arrived.push({ path: request.url ?? '', headers: request.headers as Record<string, string>, body })
    if (how === 'never') waiting.push(reply)
    else reply.writeHead(how.status, how.headers).end(how.body)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    answer(next) {
      how = next
      if (next !== 'never')
        for (const reply of waiting.splice(0)) reply.writeHead(next.status, next.headers).end(next.body)
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}
