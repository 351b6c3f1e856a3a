import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { freshDataDir, openTestDatabase, signInAt, startServerProcess } from '@recomamp/testkit'
import { aQuery, ended, run } from '../flows/runs.ts'
import { type FuzzReport, fuzzRequests, idsOf } from './fuzz-requests.ts'

/** Fuzzes a server of its own; beside the report, the megabytes that it had in memory by turns (Linux). */
export async function fuzzServer(
  count: number,
  seed: number,
  progress: (line: string) => void,
): Promise<FuzzReport & { memory: readonly number[] }> {
  const DATA_DIR = await freshDataDir()
  const database = await openTestDatabase(DATA_DIR)
  const server = await startServerProcess({ DATA_DIR, ...database.env, LOG_LEVEL: 'warn' })
  const memory: number[] = []
  try {
    const [ana, ben, cleo] = await Promise.all([
      signInAt(server.url, 'ana'),
      signInAt(server.url, 'ben'),
      signInAt(server.url, 'cleo'),
    ])
    await ended(ana, await run(ana, await aQuery(ana)))
    const report = await fuzzRequests({
      baseUrl: server.url,
      people: [ana, ben, cleo],
      known: await idsOf(ana),
      count,
      seed,
      lanes: 8,
      limitMs: 60_000,
      progress(done) {
        memory.push(residentMegabytes(server.pid))
        if (done % 5000 === 0) progress(`${done} requests, ${memory.at(-1)} MB`)
      },
    })
    return { ...report, memory }
  } finally {
    await server.stop('SIGTERM')
    await database.drop()
    await rm(DATA_DIR, { recursive: true, force: true })
  }
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024)
}
