import { once } from 'node:events'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import { TLSSocket } from 'node:tls'
import { generate } from 'selfsigned'

/** TLS in front of a PostgreSQL that has none, with a certificate that its own authority alone vouches for. */
export interface TlsFront extends AsyncDisposable {
  readonly port: number
  /** The certificate to trust, as PEM. */
  readonly certificate: string
}

/** How a client of PostgreSQL asks for TLS. */
const sslRequest = 80_877_103

/** Speaks TLS on a free port of this machine as the server at `address`, and the plain protocol with what is behind it. */
export async function startTlsFront(target: { host: string; port: number }, address: string): Promise<TlsFront> {
  const made = await generate([{ name: 'commonName', value: address }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: address }] },
    ],
  })
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    sockets.add(near)
    near.on('error', () => near.destroy())
    near.once('data', (bytes) => {
      if (Buffer.from(bytes).readInt32BE(4) !== sslRequest) return near.destroy()
      near.write('S')
      const safe = new TLSSocket(near, { isServer: true, cert: made.cert, key: made.private })
      const far = connect(target.port, target.host)
      sockets.add(far)
      for (const socket of [safe, far])
        socket.on('error', () => {
          safe.destroy()
          far.destroy()
        })
      safe.pipe(far)
      far.pipe(safe)
      return undefined
    })
  }).listen(0, '0.0.0.0')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    certificate: made.cert,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
