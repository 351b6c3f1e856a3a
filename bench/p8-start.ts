import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWeb } from '../scripts/build-web.ts'
import { atMost, type Figure, median } from './figure.ts'
import { firstResult } from './first-result.ts'
import { freePort, startUntil, stop } from './processes.ts'

const root = join(import.meta.dirname, '..')
const rounds = 3

/** P8: from the start of the server to its `ready` line, on a new folder and on existing data; and from a clone to a result. */
export async function measureStart(): Promise<Figure[]> {
  await buildWeb()
  const fresh: number[] = []
  const existing: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-start-'))
    fresh.push(await secondsToReady(folder))
    existing.push(await secondsToReady(folder))
    rmSync(folder, { recursive: true, force: true })
  }
  return [
    atMost('P8', 'ready on existing data, median of 3', median(existing), 2, ' s'),
    atMost('P8', 'ready on a new folder, median of 3', median(fresh), 6, ' s'),
    atMost('P8', 'clone to first result in the browser', await firstResult(), 60, ' s'),
  ]
}

async function secondsToReady(folder: string): Promise<number> {
  const env = { DATA_DIR: folder, PORT: String(await freePort()), EMULATOR_PORT: String(await freePort()) }
  const server = await startUntil('ready ', process.execPath, [join(root, 'apps/server/src/main.ts')], { env })
  await stop(server.process)
  return server.tookMs / 1000
}
