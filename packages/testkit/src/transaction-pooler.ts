import { once } from 'node:events'
import { type AddressInfo, type Socket, createServer } from 'node:net'
import { Client } from 'pg'

/** A pooler as PgBouncer is in transaction mode: clients share a few connections, and each transaction goes over another one. Whatever a
 *  client believes to have left in its session is not there in its next transaction. */
export interface TransactionPooler extends AsyncDisposable {
  /** The database behind it, through it. */
  readonly url: string
  /** How many transactions each connection has carried. */
  transactions(): number[]
}

interface Backend {
  readonly socket: Socket
  client: Socket | null
  transactions: number
}

/** `Z`, the message with which PostgreSQL says that it waits, and in which state. */
const readyForQuery = 0x5a
const idle = 0x49

export async function startTransactionPooler(url: string, connections: number): Promise<TransactionPooler> {
  const opened = await Promise.all(Array.from({ length: connections }, () => openBackend(url)))
  const free = [...opened]
  const waiting: ((backend: Backend) => void)[] = []
  const clients = new Set<Socket>()

  function take(): Promise<Backend> {
    const backend = free.shift()
    if (backend !== undefined) return Promise.resolve(backend)
    const { promise, resolve } = Promise.withResolvers<Backend>()
    waiting.push(resolve)
    return promise
  }

  function release(backend: Backend): void {
    backend.client = null
    backend.transactions += 1
    const next = waiting.shift()
    if (next === undefined) free.push(backend)
    else next(backend)
  }

  for (const backend of opened)
    backend.socket.on(
      'data',
      messages((type, message) => {
        backend.client?.write(message)
        if (type === readyForQuery && message[5] === idle) release(backend)
      }),
    )

  const server = createServer((client) => {
    clients.add(client)
    client.on('error', () => client.destroy())
    client.on('close', () => clients.delete(client))
    let greeted = false
    // One after the other, so that the bytes of a client keep their order.
    let before: Promise<unknown> = Promise.resolve()
    const pass = async (bytes: Buffer): Promise<void> => {
      if (bytes[0] === 0x58) return // X: the client ends, its connection to the server stays.
      let backend = opened.find((one) => one.client === client)
      if (backend === undefined) {
        backend = await take()
        backend.client = client
      }
      backend.socket.write(bytes)
    }
    client.on('data', (bytes) => {
      if (greeted) before = before.then(() => pass(Buffer.from(bytes)))
      else client.write(greeting)
      greeted = true
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String((server.address() as AddressInfo).port)
  return {
    url: through.toString(),
    transactions: () => opened.map((backend) => backend.transactions),
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of [...clients, ...opened.map((one) => one.socket)]) socket.destroy()
      await closed
    },
  }
}

/** A signed-in connection whose bytes are ours from then on. */
async function openBackend(url: string): Promise<Backend> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  const { connection } = client as unknown as { connection: { stream: Socket } }
  connection.stream.removeAllListeners('data')
  connection.stream.on('error', () => undefined)
  return { socket: connection.stream, client: null, transactions: 0 }
}

/** Cuts a stream of bytes into the messages of PostgreSQL. */
function messages(each: (type: number, message: Buffer) => void): (bytes: Buffer) => void {
  let rest = Buffer.alloc(0)
  return (bytes) => {
    rest = Buffer.concat([rest, bytes])
    while (rest.length >= 5) {
      const length = rest.readInt32BE(1) + 1
      if (rest.length < length) return
      each(rest.readUInt8(0), rest.subarray(0, length))
      rest = rest.subarray(length)
    }
  }
}

/** You are signed in (R), here is your key (K), go on (Z). */
const greeting = Buffer.from('5200000008000000004b0000000c00000001000000015a0000000549', 'hex')
