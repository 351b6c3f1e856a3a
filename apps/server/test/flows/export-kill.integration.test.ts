import { createHash } from 'node:crypto'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { createExport, getExport, getResults, openDownload } from '@recomamp/contracts'
import { eventually, freshDataDir, signInAt, startServerProcess } from '@recomamp/testkit'
import { expect, test } from 'vitest'
import { aQuery, ended, run } from './runs.ts'

/** So often the rows of a result are repeated: writing them takes long enough to be killed in the middle. */
const copies = 30_000

test('an export that is killed with its process is finished whole by the next process', async () => {
  const dataDir = await freshDataDir()
  const settings = { DATA_DIR: dataDir, LOG_LEVEL: 'warn' }
  const first = await startServerProcess(settings)
  let second: Awaited<ReturnType<typeof startServerProcess>> | null = null
  try {
    const ana = await signInAt(first.url, 'ana')
    const { id: executionId } = await ended(ana, await run(ana, await aQuery(ana)))
    const { rowCount } = await ana.call(getResults, { params: { executionId }, query: {} })
    await repeatRows(join(dataDir, 'results', `${executionId}.parquet`))
    const body = { format: 'csv' } as const
    const { id: exportId } = await ana.call(createExport, { params: { executionId }, body })
    const params = { exportId }
    const making = join(dataDir, 'exports/.making', exportId)
    await eventually(async () => (await readdir(join(making, '1'))).includes('file'))
    await first.stop('SIGKILL')
    expect(await readdir(join(making, '1'))).toEqual(['file'])
    expect(await readdir(join(dataDir, 'exports'))).toEqual(['.making'])

    second = await startServerProcess({ ...settings, PORT: new URL(first.url).port })
    const made = await eventually(async () => {
      const now = await ana.call(getExport, { params })
      return now.status === 'completed' || now.status === 'failed' ? now : null
    })
    expect(made).toMatchObject({ status: 'completed', failure: null })
    const { url } = await ana.call(openDownload, { params })
    const bytes = Buffer.from(await (await ana.fetch(url)).arrayBuffer())
    expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([made.bytes, made.checksum])
    expect(bytes.toString('latin1').split('\n').length - 2).toBe(copies * rowCount)
    expect(await readdir(join(dataDir, 'exports/.making', exportId))).toEqual([])
  } finally {
    await first.stop('SIGKILL')
    await second?.stop('SIGKILL')
    await rm(dataDir, { recursive: true, force: true })
  }
})

async function repeatRows(file: string): Promise<void> {
  const duck = await (await DuckDBInstance.create()).connect()
  const rows = `select r.* from read_parquet('${file}') r, range(${copies})`
  await duck.run(`copy (${rows}) to '${file}.longer' (format parquet, row_group_size 20480)`)
  duck.closeSync()
  await rename(`${file}.longer`, file)
}
