import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  createWorkflow,
  executeWorkflow,
  type ExecutionId,
  getExecutionStatus,
  type Instance,
  isFinal,
  listInstances,
} from '@recomamp/contracts'
import { eventually, type Person, signInAt, startAnswerProxy } from '@recomamp/testkit'
import { outputColumns, writeLargeCsv } from './large-csv.ts'
import { freePort, startUntil, stop } from './processes.ts'

const root = join(import.meta.dirname, '..')

/** A server whose Amazon gives a result of 1,000,000 rows and 20 columns for every query. */
export interface LargeResults {
  url: string
  pid: number
  csv: string
  /** A folder for whatever the measurement writes. */
  folder: string
  ana: Person
  /** Runs a query and waits until its rows are stored; `seconds` from the moment that AMC was asked for the file. */
  run(): Promise<{ executionId: ExecutionId; seconds: number }>
}

/** Starts emulator, server and a store of files, hands them to `work` and ends them all. */
export async function withLargeResults<T>(work: (large: LargeResults) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-large-'))
  const csv = join(folder, 'large.csv')
  await writeLargeCsv(csv)
  const files = await serveFile(csv)
  const emulator = await startUntil('{', process.execPath, [
    join(root, 'packages/amc-emulator/src/main.ts'),
    '--port',
    '0',
    '--data-dir',
    join(folder, 'amc'),
  ])
  const amc = JSON.parse(emulator.line) as Record<string, string>
  let askedAt = 0
  const proxy = await startAnswerProxy(amc['url'] ?? '', {
    answer({ path, method }, answer) {
      if (/\/downloadUrls(\?|$)/.test(path)) {
        askedAt = performance.now()
        return { ...answer, status: 200, body: JSON.stringify({ downloadUrls: [files.url], metadataDownloadUrls: [] }) }
      }
      if (method !== 'GET' || !/\/workflowExecutions\/[^/?]+(\?|$)/.test(path)) return answer
      const told = JSON.parse(String(answer.body)) as { workflowExecution?: object }
      Object.assign(told.workflowExecution ?? told, { outputColumns })
      return { ...answer, body: JSON.stringify(told) }
    },
  })
  const env = {
    DATA_DIR: join(folder, 'data'),
    PORT: String(await freePort()),
    EMULATOR: 'off',
    EXECUTION_POLL_INTERVAL_SECONDS: '1',
    RATE_LIMIT_PER_MINUTE: '100000000',
    RATE_LIMIT_SIGNED_IN_PER_MINUTE: '100000000',
    AMAZON_CLIENT_ID: amc['clientId'],
    AMAZON_CLIENT_SECRET: amc['clientSecret'],
    AMAZON_AUTHORIZE_URL: amc['authorizeUrl'],
    AMAZON_TOKEN_URL: amc['tokenUrl'],
    AMAZON_PROFILE_URL: amc['profileUrl'],
    AMAZON_ADS_API_URL: proxy.url,
  }
  const server = await startUntil('ready ', process.execPath, [join(root, 'apps/server/src/main.ts')], { env })
  const url = server.line.split(' ')[1] ?? ''
  try {
    const ana = await signInAt(url, 'ana', 'amazon')
    const instance = await instanceWithDsp(ana)
    return await work({
      url,
      pid: server.process.pid ?? 0,
      csv,
      folder,
      ana,
      async run() {
        const executionId = await stored(ana, instance)
        return { executionId, seconds: (performance.now() - askedAt) / 1000 }
      },
    })
  } finally {
    await stop(server.process)
    await stop(emulator.process)
    await proxy.close()
    files.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function serveFile(path: string): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, answer) => {
    answer.writeHead(200, { 'content-type': 'text/csv', 'content-length': statSync(path).size })
    // In large pieces, so that the store takes as little of the machine as it can.
    createReadStream(path, { highWaterMark: 1_048_576 }).pipe(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/large.csv`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function instanceWithDsp(person: Person): Promise<Instance> {
  return eventually(async () => {
    const { items } = await person.call(listInstances, { query: { limit: 100 } })
    return items.find(({ type, name }) => type === 'STANDARD' && name === 'Tidewater Kitchen')
  })
}

async function stored(person: Person, { id: instanceId }: Instance): Promise<ExecutionId> {
  const sqlQuery = 'SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign'
  const body = { name: 'Large', sqlQuery, parameters: [], values: {}, instanceId }
  const workflow = await person.call(createWorkflow, { body })
  const params = { workflowId: workflow.id }
  const run = await person.call(executeWorkflow, {
    params,
    body: { version: workflow.version, values: {}, instanceId },
  })
  for (;;) {
    // Often enough to be exact to a few hundredths of its time, seldom enough to cost nothing.
    await pause(100)
    const { status } = await person.call(getExecutionStatus, { params: { executionId: run.id } })
    if (status === 'completed') return run.id
    if (isFinal(status)) throw new Error(`the large result ended as ${status}`)
  }
}
