import { type ChildProcess, spawn } from 'node:child_process'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { AmcError, amcDateTimeOf, LwaError } from '@recomamp/amc-client'
import { openLocalEngine } from '@recomamp/amc-local'
import { AmcExecutionId, AmcWorkflowId } from '@recomamp/amc-wire'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { connect, waitForEnd } from './open-emulator.ts'
import type { Addresses } from './open-emulator.ts'

const main = new URL('../src/main.ts', import.meta.url).pathname

let dataFile: string
let dataDir: string
let child: ChildProcess | null = null

beforeAll(async () => {
  const engine = openLocalEngine({ folder: join(tmpdir(), 'recomamp-test-data') })
  await engine.ready
  dataFile = engine.file()
  await engine.close()
})
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'recomamp-kill-'))
  // Immutable and named by what it depends on, so the copy spares each test the building.
  await copyFile(dataFile, join(dataDir, basename(dataFile)))
})
afterEach(async () => {
  if (child !== null) await stop('SIGKILL')
  await rm(dataDir, { recursive: true, force: true })
})

/** Starts main.ts as a person would and reads its one line. */
async function start(port = 0): Promise<Addresses> {
  child = spawn(process.execPath, [main, '--port', String(port), '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout! })) return JSON.parse(line) as Addresses
  throw new Error('main.ts ended without its line')
}

async function stop(signal: NodeJS.Signals): Promise<number | null> {
  const running = child
  child = null
  if (running === null) return null
  const ended = new Promise<number | null>((resolve) => running.once('exit', resolve))
  running.kill(signal)
  return ended
}

async function dataIsThere(addresses: Addresses): Promise<void> {
  const { amc, target, instance } = connect(addresses)
  const first = await amc.createWorkflowExecution(target, instance, runOf('first'))
  await waitForEnd({ amc, target }, instance, first.workflowExecutionId)
}

const daysAgo = (days: number) => amcDateTimeOf(new Date(Date.now() - days * 86_400_000))

const runOf = (workflowId: string) => ({
  timeWindowType: 'EXPLICIT' as const,
  timeWindowStart: daysAgo(21),
  timeWindowEnd: daysAgo(14),
  timeWindowTimeZone: 'UTC',
  workflow: {
    sqlQuery: 'SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign',
    workflowId: AmcWorkflowId.parse(workflowId),
  },
})

test('after kill -9 at random moments every run that was answered is there once, reaches its end, and is counted once', async () => {
  let addresses = await start()
  await dataIsThere(addresses)
  const port = Number(new URL(addresses.url).port)
  const answered = new Map<string, string>()
  const sent: string[] = []
  for (let round = 0; round < 12; round += 1) {
    const { amc, target, instance } = connect(addresses, 5000)
    const before = answered.size
    const sending = (async () => {
      for (let n = 0; n < 12; n += 1) {
        const name = `round-${round}-${n}`
        sent.push(name)
        try {
          const { workflowExecutionId } = await amc.createWorkflowExecution(target, instance, runOf(name))
          answered.set(name, workflowExecutionId)
        } catch (error) {
          // The process was killed under the call; nothing else may go wrong.
          if (error instanceof AmcError || error instanceof LwaError) return
          throw error
        }
        await wait(Math.random() * 40)
      }
    })()
    // By turns at any moment, also before the first answer, and after one, however slow the machine is.
    await expect.poll(() => answered.size, { timeout: 30_000 }).toBeGreaterThanOrEqual(before + (round % 2))
    await wait(20 + Math.random() * 500)
    await stop('SIGKILL')
    await sending
    addresses = await start(port)
  }
  const connection = connect(addresses)
  const { amc, target, instance } = connection
  expect(answered.size).toBeGreaterThanOrEqual(6)
  for (const id of answered.values()) await waitForEnd(connection, instance, id)
  const counts = (await (await fetch(`${addresses.url}/_emulator/counts`)).json()) as {
    execution: Record<string, number>
  }
  for (const name of sent) {
    const workflowId = AmcWorkflowId.parse(name)
    const filter = { workflowId, includeCancelled: true }
    const listed = (await Array.fromAsync(amc.listWorkflowExecutions(target, instance, filter))).flat()
    const there = listed.map((execution) => [execution.workflowExecutionId, execution.status])
    const id = answered.get(name)
    // What was lost on the way was either accepted and counted, or neither.
    expect(there).toEqual(id === undefined ? there.slice(0, 1) : [[id, 'SUCCEEDED']])
    expect(counts.execution[name] ?? 0).toBe(there.length)
  }
  const [some] = answered.values()
  const { downloadUrls } = await amc.getDownloadUrls(target, instance, AmcExecutionId.parse(some))
  expect(await new Response((await amc.download(downloadUrls[0]!)).body).text()).toMatch(/^campaign,impressions\n./)
}, 480_000)

test('grants and workflows outlive a kill', async () => {
  const addresses = await start()
  const { amc, target, instance } = connect(addresses)
  const workflow = { workflowId: 'kept', sqlQuery: runOf('kept').workflow.sqlQuery }
  await amc.createWorkflow(target, instance, workflow)
  await stop('SIGKILL')
  const again = await start(Number(new URL(addresses.url).port))
  expect(again).toEqual(addresses)
  // The same token as before, without a renewal.
  expect(await amc.getWorkflow(target, instance, AmcWorkflowId.parse('kept'))).toMatchObject(workflow)
})

test('SIGTERM ends it at once', async () => {
  await dataIsThere(await start())
  const started = performance.now()
  expect(await stop('SIGTERM')).toBe(0)
  // A second, and what a busy machine takes.
  expect(performance.now() - started).toBeLessThan(3000)
})
