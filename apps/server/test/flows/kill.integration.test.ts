import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { eventually, freshDataDir, type ServerProcess, signInAt, startServerProcess } from '@recomamp/testkit'
import {
  type AnswerOf,
  type Execution,
  type ExecutionStatus,
  getExecution,
  getResults,
  isFinal,
  listExecutions,
  listInstances,
  login,
  refreshSession,
  type Workflow,
} from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { aQuery, anInstance, byCampaign, type Caller, ended, run } from './runs.ts'

type Phase = 'submit' | 'poll' | 'ingest'
const phases: readonly Phase[] = ['submit', 'poll', 'ingest']
const phaseOf: Partial<Record<ExecutionStatus, Phase>> = {
  queued: 'submit',
  submitting: 'submit',
  pending: 'poll',
  running: 'poll',
  ingesting: 'ingest',
}

const quick = {
  EXECUTION_SETTLE_SECONDS: '4',
  EXECUTION_POLL_INTERVAL_SECONDS: '1',
  LOG_LEVEL: 'info',
}

test(
  'kill -9 of the server with the emulator inside: every execution ends right and ran once',
  { timeout: 300_000 },
  async () => {
    const folder = await freshDataDir()
    const [port, emulatorPort] = [await freePort(), await freePort()]
    const start = () =>
      startServerProcess({ ...quick, DATA_DIR: folder, PORT: String(port), EMULATOR_PORT: String(emulatorPort) })
    let server = await start()
    try {
      const story = await beginStory(await signInAt(server.url, 'ana'))
      for (let round = 0; round < 16; round += 1) {
        await story.runSome(round)
        await story.reach(round, () => server.output())
        await server.stop('SIGKILL')
        server = await start()
      }
      await story.settle(`http://127.0.0.1:${emulatorPort}`)
    } finally {
      await server.stop('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    }
  },
)

test(
  'kill -9 of the server, and of the emulator alone: every execution ends right and ran once',
  { timeout: 300_000 },
  async () => {
    const folder = await freshDataDir()
    const [port, emulatorPort] = [await freePort(), await freePort()]
    const startEmulator = () => startEmulatorProcess(join(folder, 'amc'), emulatorPort)
    let emulator = await startEmulator()
    const { clientId, clientSecret, authorizeUrl, tokenUrl, profileUrl, url } = emulator.facts
    const start = () =>
      startServerProcess({
        ...quick,
        DATA_DIR: folder,
        PORT: String(port),
        EMULATOR: 'off',
        AMAZON_CLIENT_ID: clientId,
        AMAZON_CLIENT_SECRET: clientSecret,
        AMAZON_AUTHORIZE_URL: authorizeUrl,
        AMAZON_TOKEN_URL: tokenUrl,
        AMAZON_PROFILE_URL: profileUrl,
        AMAZON_ADS_API_URL: url,
      })
    let server = await start()
    try {
      const story = await beginStory(await signInWithAmazon(server.url))
      for (let round = 0; round < 16; round += 1) {
        await story.runSome(round)
        await story.reach(round, () => server.output())
        if (round % 4 < 2) {
          await emulator.kill()
          emulator = await startEmulator()
        } else {
          await server.stop('SIGKILL')
          server = await start()
        }
      }
      await story.settle(url)
    } finally {
      await server.stop('SIGKILL')
      await emulator.kill()
      await rm(folder, { recursive: true, force: true })
    }
  },
)

/** Runs of one query in one window, and what must have become of them in the end. */
async function beginStory(person: Caller) {
  await eventually(async () => (await person.call(listInstances, {})).total > 0)
  const query = await aQuery(person)
  const { id: instanceId } = await anInstance(person)
  const started: Execution[] = []
  const met: Record<Phase, number> = { submit: 0, poll: 0, ingest: 0 }
  const undisturbed = await ended(person, await execute('first'), 60_000)
  expect(undisturbed).toMatchObject({ status: 'completed', template: byCampaign })
  const expected = await rowsOf(undisturbed)
  expect(expected.length).toBeGreaterThan(3)

  function execute(key: string): Promise<Execution> {
    return executeWith(person, query, instanceId, key)
  }

  async function rowsOf(execution: Execution): Promise<string[]> {
    const { rows } = await person.call(getResults, { params: { executionId: execution.id }, query: { limit: 1000 } })
    return rows.map((row) => JSON.stringify(row)).sort()
  }

  return {
    async runSome(round: number) {
      for (const name of ['a', 'b']) started.push(await execute(`${round}-${name}`))
    },
    /** Waits for a phase, in turn, and then a random while; answers at the moment to kill. */
    async reach(round: number, output: () => string) {
      const phase = phases[round % phases.length] ?? 'submit'
      const last = started.at(-1)
      if (phase !== 'submit')
        await eventually(() => {
          const status = statusesIn(output()).get(last?.id ?? '')
          return status !== undefined && (phaseOf[status] === phase || status === 'completed')
        })
      await wait(Math.random() * (phase === 'ingest' ? 80 : 250))
      const open = new Set([...statusesIn(output()).values()].map((status) => phaseOf[status]))
      for (const one of phases) if (open.has(one)) met[one] += 1
    },
    async settle(emulatorUrl: string) {
      await eventually(async () => {
        const { items } = await person.call(listExecutions, { query: { limit: 100 } })
        return items.every((item) => isFinal(item.status))
      }, 90_000)
      const counts = await executionCounts(emulatorUrl)
      for (const { id } of [undisturbed, ...started]) {
        const execution = await person.call(getExecution, { params: { executionId: id } })
        expect(execution).toMatchObject({ status: 'completed', failure: null })
        expect(await rowsOf(execution)).toEqual(expected)
        expect([execution.amcWorkflowId, counts[execution.amcWorkflowId]]).toEqual([execution.amcWorkflowId, 1])
      }
      expect((await person.call(listExecutions, {})).total).toBe(started.length + 1)
      for (const phase of phases) expect([phase, met[phase] > 0]).toEqual([phase, true])
    },
  }
}

/** The request is repeated with its key when the server did not answer: an answer that was lost must not make a second run. */
function executeWith(person: Caller, query: Workflow, instanceId: Execution['instance']['id'], key: string) {
  const window = { start: '2026-10-20T00:00:00', end: '2026-10-27T00:00:00', timeZone: 'UTC' }
  return run(person, query, { instanceId, window }, { 'idempotency-key': key })
}

/** The last status of each execution that a server's log tells of. */
function statusesIn(output: string): Map<string, ExecutionStatus> {
  const statuses = new Map<string, ExecutionStatus>()
  for (const line of output.split('\n')) {
    if (!line.includes('"executionId"')) continue
    const { executionId, status, msg } = JSON.parse(line) as {
      executionId: string
      status?: ExecutionStatus
      msg: string
    }
    if (msg === 'a result was stored') statuses.set(executionId, 'completed')
    else if (msg === 'an execution was recorded') statuses.set(executionId, 'queued')
    else if (status !== undefined) statuses.set(executionId, status)
  }
  return statuses
}

async function executionCounts(emulatorUrl: string): Promise<Record<string, number>> {
  const counts = (await (await fetch(`${emulatorUrl}/_emulator/counts`)).json()) as Record<
    string,
    Record<string, number>
  >
  return counts['execution'] ?? {}
}

interface EmulatorProcess {
  facts: Record<'url' | 'clientId' | 'clientSecret' | 'authorizeUrl' | 'tokenUrl' | 'profileUrl', string>
  kill(): Promise<void>
}

function startEmulatorProcess(dataDir: string, port: number): Promise<EmulatorProcess> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['packages/amc-emulator/src/main.ts', '--port', String(port), '--data-dir', dataDir],
    { cwd: join(import.meta.dirname, '../../../..'), stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    let output = ''
    child.on('exit', (code) => reject(new Error(`the emulator ended with ${code}: ${output}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (!output.includes('\n')) return
      const kill = () => {
        child.kill('SIGKILL')
        return ended
      }
      resolve({ facts: JSON.parse(output) as EmulatorProcess['facts'], kill })
    })
  })
}

/** Signs in with the provider `amazon`, whose addresses lead to the emulator here. */
async function signInWithAmazon(baseUrl: string): Promise<Caller> {
  const begin = await fetch(`${baseUrl}${login.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ provider: 'amazon' }),
  })
  const { authorizationUrl } = login.ok.body.parse(await begin.json())
  const consent = await fetch(`${authorizationUrl}&auto_approve=ana`, { redirect: 'manual' })
  const callback = await fetch(consent.headers.get('location') ?? '', {
    redirect: 'manual',
    headers: { cookie: cookiesOf(begin) },
  })
  const renewed = await fetch(`${baseUrl}${refreshSession.path}`, {
    method: 'POST',
    headers: { cookie: cookiesOf(callback) },
  })
  const { accessToken } = refreshSession.ok.body.parse(await renewed.json())
  return {
    async call(endpoint, request) {
      const { params, query, body, headers } = request as Record<string, Record<string, string> | undefined>
      const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) => params?.[name] ?? '')
      const answer = await fetch(`${baseUrl}${path}?${new URLSearchParams(query)}`, {
        method: endpoint.method,
        headers: {
          ...headers,
          authorization: `Bearer ${accessToken}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      if (!answer.ok) throw new Error(`${endpoint.path} answered ${answer.status}: ${await answer.text()}`)
      return endpoint.ok.body.parse(await answer.json()) as AnswerOf<typeof endpoint>
    },
  }
}

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((line) => line.replace(/;.*/s, ''))
    .join('; ')
}

/** A port that is free now; fixed ports let people and emulator keep their addresses over a restart. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
