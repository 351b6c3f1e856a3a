import { Agent, type IncomingMessage, request } from 'node:http'
import type { HostileRequest } from './hostile-request.ts'

/** What came back, or why nothing did. */
export interface HostileAnswer {
  readonly status: number | null
  readonly ms: number
  readonly text: string
}

/** Bytes that a server takes as one body. */
const taken = 4 * 1024 * 1024

/** Sends requests exactly as they are given; a request without an answer within `limitMs` hangs. */
export function hostileSender(baseUrl: string, limitMs: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const { hostname, port } = new URL(baseUrl)
  async function send(given: HostileRequest, bearer: string | null): Promise<HostileAnswer> {
    const { method, path, headers, body } = given
    const began = performance.now()
    return new Promise((resolve) => {
      const end = (status: number | null, text: string) => resolve({ status, text, ms: performance.now() - began })
      const asked = request({
        agent,
        hostname,
        port,
        method,
        path,
        headers: {
          ...headers,
          ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
          ...(body === null ? {} : { 'content-length': body.length }),
        },
      })
      const timer = setTimeout(() => {
        end(null, `no answer within ${limitMs} ms`)
        asked.destroy()
      }, limitMs)
      asked.on('response', (answer: IncomingMessage) => {
        let text = ''
        answer.on('data', (chunk: Buffer) => {
          if (text.length < 2000) text += chunk.toString()
        })
        answer.on('close', () => {
          clearTimeout(timer)
          end(answer.statusCode ?? null, text)
        })
      })
      asked.on('error', (error) => {
        clearTimeout(timer)
        // A server may end a connection that rests just when it is used again: browsers ask once more then, and so do we.
        if (asked.reusedSocket) resolve(send(given, bearer))
        // What is larger than any request may be is refused before it has arrived, and a sender that has not read the answer by then sees no more.
        else if ((body?.length ?? 0) > taken) end(413, error.message)
        else end(null, error.message)
      })
      asked.end(body ?? undefined)
    })
  }
  return { send, close: () => agent.destroy() }
}
