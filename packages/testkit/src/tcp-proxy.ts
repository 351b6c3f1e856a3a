import { once } from 'node:events'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'

/** A connection that a test can disturb, to something real behind it. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number
  /** Takes connections and bytes, and lets none through. */
  freeze(): void
  /** Lets bytes through later by that, in both directions. */
  slowDown(milliseconds: number): void
  /** Breaks every connection and takes no more. */
  end(): Promise<void>
  /** Takes connections again, at the same port. */
  begin(): Promise<void>
}

/** Passes connections on to an address, on a free port of this machine. */
export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let frozen = false
  let delayMs = 0
  const pass = (bytes: Buffer | string, to: Socket): void => {
    if (frozen) return
    if (delayMs === 0) to.write(bytes)
    else setTimeout(() => to.destroyed || to.write(bytes), delayMs)
  }
  const server = createServer((near) => {
    const far = connect(target.port, target.host)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    near.on('data', (bytes) => pass(bytes, far))
    far.on('data', (bytes) => pass(bytes, near))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  async function end(): Promise<void> {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  const { port } = server.address() as AddressInfo
  return {
    port,
    slowDown(milliseconds) {
      delayMs = milliseconds
    },
    async begin() {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
    freeze() {
      frozen = true
    },
    end,
    [Symbol.asyncDispose]: end,
  }
}
