import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AmcClient, createAmcClient, createLwaClient, type LwaClient } from '@recomamp/amc-client'
import { type LocalEngine, openLocalEngine } from '@recomamp/amc-local'
import { AmcDateTime, AmcExecutionId, AmcInstanceId, EntityId, MarketplaceId } from '@recomamp/amc-wire'
import type { AmcExecution, AmcTarget, ExecutionSent } from '@recomamp/amc-wire'
import { startEmulator } from '../src/index.ts'
import type { Emulator, EmulatorOptions } from '../src/index.ts'

/** Data up to a fixed day, in a folder that all test files share: the file is built once and never changes. */
export function openTestEngine(): LocalEngine {
  return openLocalEngine({ folder: join(tmpdir(), 'recomamp-test-data'), endDay: '2026-01-01' })
}

/** A week inside the data. */
export const lastWeek = {
  timeWindowType: 'EXPLICIT' as const,
  timeWindowStart: AmcDateTime.parse('2025-12-20T00:00:00'),
  timeWindowEnd: AmcDateTime.parse('2025-12-27T00:00:00'),
  timeWindowTimeZone: 'UTC',
}

export interface TestEmulator extends AsyncDisposable {
  emulator: Emulator
  dataDir: string
  lwa: LwaClient
  /** As Ana, by the standing grant. */
  amc: AmcClient
  target: AmcTarget
  instance: AmcInstanceId
  sandbox: AmcInstanceId
  /** Sends a run and waits for AMC's final word. */
  runToEnd(run: ExecutionSent, instance?: AmcInstanceId): Promise<AmcExecution>
}

export async function openEmulator(
  engine: EmulatorOptions['engine'],
  options: Partial<EmulatorOptions> & { timeoutMs?: number } = {},
): Promise<TestEmulator> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'recomamp-emulator-')))
  const { timeoutMs, ...rest } = options
  const emulator = await startEmulator({
    port: 0,
    engine,
    timings: { pendingMs: 5 },
    ...rest,
    dataDir,
  })
  const connection = connect(emulator, timeoutMs)
  return {
    emulator,
    dataDir,
    ...connection,
    runToEnd: async (run, instance = connection.instance) => {
      const { workflowExecutionId } = await connection.amc.createWorkflowExecution(connection.target, instance, run)
      return waitForEnd(connection, instance, workflowExecutionId)
    },
    async [Symbol.asyncDispose]() {
      await emulator.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** What the JSON line of main.ts says, or an emulator of this process. */
export type Addresses = Pick<
  Emulator,
  | 'url'
  | 'authorizeUrl'
  | 'tokenUrl'
  | 'profileUrl'
  | 'clientId'
  | 'clientSecret'
  | 'refreshToken'
  | 'entityId'
  | 'marketplaceId'
  | 'instanceId'
  | 'sandboxInstanceId'
>

/** The product's own client before an emulator. */
export function connect(addresses: Addresses, timeoutMs?: number) {
  const lwa = createLwaClient(addresses)
  let token: Promise<string> | null = null
  const renew = async () => (await lwa.refresh(addresses.refreshToken)).accessToken
  const amc = createAmcClient({
    baseUrl: addresses.url,
    clientId: addresses.clientId,
    tokens: { current: () => (token ??= renew()), renew: () => (token = renew()) },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
  return {
    lwa,
    amc,
    target: {
      entityId: EntityId.parse(addresses.entityId),
      marketplaceId: MarketplaceId.parse(addresses.marketplaceId),
    },
    instance: AmcInstanceId.parse(addresses.instanceId),
    sandbox: AmcInstanceId.parse(addresses.sandboxInstanceId),
  }
}

/** Asks until AMC's word is final. */
export async function waitForEnd(
  { amc, target }: Pick<TestEmulator, 'amc' | 'target'>,
  instance: AmcInstanceId,
  id: string,
): Promise<AmcExecution> {
  for (let tries = 0; tries < 600; tries += 1) {
    const execution = await amc.getWorkflowExecution(target, instance, AmcExecutionId.parse(id))
    if (/SUCCEEDED|FAILED|REJECTED|CANCELLED/.test(execution.status)) return execution
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`${id} did not end`)
}
