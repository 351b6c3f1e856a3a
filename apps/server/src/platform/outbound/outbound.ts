import { lookup } from 'node:dns'
import { type LookupFunction, isIP } from 'node:net'
import { Agent, buildConnector, request } from 'undici'
import { isReachable } from './reachable.ts'

/** What came back: the beginning of it, as text. */
export interface OutboundAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Requests to addresses that people enter. */
export interface Outbound {
  /** Sends a POST and reads the beginning of the answer, all of it within the time. Redirects are not followed. */
  post(
    url: string,
    message: { headers: Record<string, string>; body: string; timeoutMs: number },
  ): Promise<OutboundAnswer>
  close(): Promise<void>
}

/** The address that a name leads to, or that was entered, is not one that may be reached from here. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused'
}

/** Nothing in a log needs more of an answer. */
const longestAnswer = 4096

/** A client that looks at the address that is connected, not at the name: one lookup serves the check and the connection, so that a name
 *  which answers differently the second time gains nothing. No connection is used twice. */
export function createOutbound(networks: readonly string[]): Outbound {
  const dispatcher = new Agent({ connect: guardedConnector(networks), pipelining: 0 })
  return {
    async post(url, { headers, body, timeoutMs }) {
      const signal = AbortSignal.timeout(timeoutMs)
      const answer = await request(url, { method: 'POST', headers, body, dispatcher, signal })
      return {
        status: answer.statusCode,
        headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
        body: await beginningOf(answer.body, signal),
      }
    },
    close: () => dispatcher.destroy(),
  }
}

function guardedConnector(networks: readonly string[]): buildConnector.connector {
  const connectTo = (protocol: string) => {
    const refused = (address: string) =>
      isReachable(address, protocol, networks)
        ? null
        : new AddressRefused(
            `${address} is not a public address${protocol === 'http:' ? ' or is reached without TLS' : ''}; the operator may list its network`,
          )
    const guardedLookup: LookupFunction = (hostname, options, callback) => {
      lookup(hostname, { ...options, all: true }, (error, found) => {
        const fault = error ?? found.map(({ address }) => refused(address)).find((one) => one !== null) ?? null
        const [first] = found ?? []
        if (fault !== null || first === undefined)
          callback(fault ?? new AddressRefused(`${hostname} has no address`), '')
        else if (options.all === true) callback(null, found)
        else callback(null, first.address, first.family)
      })
    }
    return { refused, connect: buildConnector({ lookup: guardedLookup, timeout: 10_000, maxCachedSessions: 0 }) }
  }
  const connectors: Record<string, ReturnType<typeof connectTo>> = {
    'http:': connectTo('http:'),
    'https:': connectTo('https:'),
  }
  return (options, callback) => {
    const connector = connectors[options.protocol]
    if (connector === undefined) return callback(new AddressRefused(`${options.protocol} is not spoken here`), null)
    const host = options.hostname.replace(/^\[|\]$/g, '')
    // An address is connected without a lookup.
    const fault = isIP(host) === 0 ? null : connector.refused(host)
    if (fault !== null) return callback(fault, null)
    return connector.connect(options, callback)
  }
}

async function beginningOf(body: AsyncIterable<Buffer> & { destroy(): unknown }, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body) {
    signal.throwIfAborted()
    chunks.push(chunk)
    length += chunk.length
    if (length >= longestAnswer) break
  }
  return Buffer.concat(chunks).subarray(0, longestAnswer).toString('utf8').replaceAll('\0', '')
}
