import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** A port that can be given again after a restart: below those that systems hand out by themselves, so that meanwhile nobody gets it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + randomInt(20_000)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
