import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Send } from '@recomamp/testkit'

/** What clients met. */
export interface Tally {
  /** Requests that were repeated, by why. */
  readonly repeats: Record<string, number>
  /** Connections that the proxy refused while it started: nothing was sent, so they were tried again. */
  refused: number
}

const refusedForMs = 10_000
const pauseMs = 300
const passing = [502, 503, 504]

/** Sends requests from an address of this machine. One that can be sent twice without harm is sent once more when its connection broke off
 *  or the answer says that something is away; when that is so still, it throws what was met. */
export function patientSend(localAddress: string, tally: Tally): Send & { close(): void } {
  const agent = new Agent({ keepAlive: true, localAddress })
  const send: Send = async (url, init) => {
    const met: string[] = []
    for (;;) {
      const answer = await attempt(agent, tally, url, init).catch((error: unknown) =>
        String(Object(error).code ?? error),
      )
      if (answer instanceof Response && !passing.includes(answer.status)) return answer
      const why = answer instanceof Response ? String(answer.status) : answer
      met.push(why)
      if (met.length > 1 || !isRepeatable(url, init))
        throw new Error(`${init.method ?? 'GET'} ${new URL(url).pathname} met ${met.join(', then ')}`)
      tally.repeats[why] = (tally.repeats[why] ?? 0) + 1
      await wait(pauseMs)
    }
  }
  return Object.assign(send, { close: () => agent.destroy() })
}

/** By the contracts: a renewal takes the former cookie for a while, a query that brings its id is created once, a preview changes nothing. */
function isRepeatable(url: string, { method = 'GET', headers }: { method?: string; headers: Headers }): boolean {
  if (method !== 'POST') return true
  return headers.has('idempotency-key') || /\/api\/(auth\/refresh|workflows(\/tags|\/[^/]+\/preview)?)$/.test(url)
}

async function attempt(agent: Agent, tally: Tally, url: string, init: Parameters<Send>[1]): Promise<Response> {
  const end = performance.now() + refusedForMs
  for (;;)
    try {
      return await sendOnce(agent, url, init)
    } catch (error) {
      if (Object(error).code !== 'ECONNREFUSED' || performance.now() > end) throw error
      tally.refused += 1
      await wait(100)
    }
}

function sendOnce(
  agent: Agent,
  url: string,
  { method = 'GET', headers, body }: Parameters<Send>[1],
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers: Object.fromEntries(headers) }, (answer) => {
      read(answer).then(resolve, reject)
    })
    sent.on('error', reject)
    sent.end(typeof body === 'string' ? body : undefined)
  })
}

async function read(answer: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  const { statusCode: status = 0, headersDistinct } = answer
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(headersDistinct))
    for (const value of values) headers.append(name, value)
  const isEmpty = [204, 304].includes(status)
  return new Response(isEmpty ? null : Buffer.concat(chunks), { status, headers })
}
