import { execFileSync } from 'node:child_process'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as api from '@recomamp/contracts'
import { type ServerProcess, databaseKinds, eventually, startS3Server, startTcpProxy } from '@recomamp/testkit'
import { describe, expect, test } from 'vitest'
import { newFernetKey } from '#platform/crypto/fernet.ts'
import { aQuery, ended, reached, run } from '../flows/runs.ts'
import { openStage } from './stage.ts'

/** How large a file that the process writes may become, in bytes (Linux). */
function limitFiles({ pid }: ServerProcess, bytes: string): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`])
}

const database = 'postgresql'

describe.runIf(databaseKinds.includes('postgresql'))('processes on machines of their own, on postgresql', () => {
  test('S-259, S-265: they share the database and a bucket and nothing else: runs, results, downloads and deletion work over both', async () => {
    await using s3 = await startS3Server()
    const bucket = new URL(s3.url)
    await using proxy = await startTcpProxy({ host: bucket.hostname, port: Number(bucket.port) })
    bucket.port = String(proxy.port)
    await using stage = await openStage({
      database,
      roles: ['api', 'worker', 'api'],
      apart: true,
      env: {
        RESULTS_S3_URL: bucket.toString(),
        JWT_SECRET_KEY: 'a key for tests, as long as it has to be',
        FERNET_KEY: newFernetKey(),
      },
    })
    const [front, worker] = await Promise.all([stage.start(0), stage.start(1), stage.start(2)])
    const ana = await stage.ana(0)
    const query = await aQuery(ana)
    const execution = await ended(ana, await run(ana, query))
    expect(execution.status).toBe('completed')
    const page = { params: { executionId: execution.id }, query: {} }
    const rows = await ana.call(api.getResults, page)
    expect(rows.rows.length).toBe(execution.rowCount)
    const resultsOf = async (at: number) =>
      (await readdir(join(stage.folderOf(at), 'results')).catch(() => [])).filter((name) => name.endsWith('.parquet'))
    expect([await resultsOf(0), await resultsOf(1), await resultsOf(2)]).toEqual([
      [`${execution.id}.parquet`],
      [`${execution.id}.parquet`],
      [],
    ])
    // A machine that is new, or has lost its disk, goes on from the bucket.
    await rm(join(stage.folderOf(0), 'results'), { recursive: true })
    await proxy.end()
    await expect(ana.call(api.getResults, page)).rejects.toMatchObject({ type: 'storage-away', status: 503 })
    await proxy.begin()
    limitFiles(front, '100')
    await expect(ana.call(api.getResults, page)).rejects.toMatchObject({ type: 'disk-full', status: 507 })
    limitFiles(front, 'unlimited')
    expect(await ana.call(api.getResults, page)).toEqual(rows)

    // On a full disk the rows wait at AMC, and come by themselves when there is room again.
    limitFiles(worker, '100')
    const late = await run(ana, query)
    await reached(ana, late, 'ingesting')
    await eventually(() => Promise.resolve(/EFBIG|File too large/.test(worker.output())))
    limitFiles(worker, 'unlimited')
    expect(await ended(ana, late)).toMatchObject({ status: 'completed', rowCount: execution.rowCount })

    const other = await stage.ana(2)
    expect(await other.call(api.getResults, page)).toEqual(rows)
    const asked = await other.call(api.createExport, { params: page.params, body: { format: 'csv' } })
    const made = await eventually(async () => {
      const one = await ana.call(api.getExport, { params: { exportId: asked.id } })
      return one.status === 'completed' && one
    })
    const opened = await ana.call(api.openDownload, { params: { exportId: made.id } })
    const file = await ana.fetch(opened.url)
    expect(file.status).toBe(200)
    expect((await file.text()).split('\n').length).toBeGreaterThan(rows.rows.length)

    await ana.call(api.trashWorkflows, { body: { workflowIds: [query.id] } })
    await ana.call(api.purgeWorkflows, { body: { workflowIds: [query.id] } })
    await expect(other.call(api.getResults, page)).rejects.toMatchObject({ status: 404 })
  }, 480_000)
})
