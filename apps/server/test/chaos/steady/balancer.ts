import { once } from 'node:events'
import { Agent, type IncomingMessage, type ServerResponse, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How long a server that could not be reached, or broke off, is asked last. */
const outForMs = 1000

interface Backend {
  readonly port: number
  outUntil: number
}

/** An HTTP proxy before servers of this machine, which get the requests by turns: streams pass through, and a connection that is refused
 *  before anything was sent goes to the next one. What breaks off later breaks off for the client too. */
export async function startBalancer(
  port: number,
  ports: readonly number[],
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const backends = ports.map((each): Backend => ({ port: each, outUntil: 0 }))
  const agent = new Agent({ keepAlive: true })
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    turn += 1
    const inTurn = backends.map((_, at) => backends[(turn + at) % backends.length]!)
    const now = performance.now()
    const order = inTurn.toSorted((a, b) => Number(a.outUntil > now) - Number(b.outUntil > now))
    pass(order, agent, incoming, outgoing)
  })
  // Longer than anybody here rests, so that no connection is taken away from under a request.
  server.keepAliveTimeout = 120_000
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      agent.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function pass(
  [backend, ...others]: readonly Backend[],
  agent: Agent,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
) {
  if (backend === undefined) {
    outgoing.writeHead(502).end()
    return
  }
  const { method, url: path } = incoming
  const toServer = request({ host: '127.0.0.1', port: backend.port, method, path, headers: passedOn(incoming), agent })
  // The body only once there is a connection: until then the request can still go to another server.
  toServer.on('socket', (socket) => {
    if (socket.connecting) socket.once('connect', () => incoming.pipe(toServer))
    else incoming.pipe(toServer)
  })
  toServer.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer))
    outgoing.flushHeaders()
    answer.on('error', () => outgoing.destroy())
    answer.pipe(outgoing)
  })
  toServer.on('error', (error) => {
    if (outgoing.destroyed) return
    backend.outUntil = performance.now() + outForMs
    if (outgoing.headersSent) {
      outgoing.destroy()
    } else if ('code' in error && error.code === 'ECONNREFUSED') {
      pass(others, agent, incoming, outgoing)
    } else {
      outgoing.writeHead(502).end()
    }
  })
  outgoing.on('close', () => toServer.destroy())
}

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer'])

function withoutHopByHop({ headersDistinct }: IncomingMessage): Record<string, string[]> {
  const kept = Object.entries(headersDistinct).filter(([name]) => !hopByHop.has(name))
  return Object.fromEntries(kept.map(([name, values = []]) => [name, values]))
}

function passedOn(incoming: IncomingMessage): Record<string, string | string[]> {
  const headers = withoutHopByHop(incoming)
  const via = headers['x-forwarded-for'] ?? []
  return {
    ...headers,
    host: incoming.headers.host ?? '',
    'x-forwarded-for': [...via, incoming.socket.remoteAddress ?? ''].join(', '),
    'x-forwarded-proto': 'http',
  }
}
