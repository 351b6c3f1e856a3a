import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { localSchema } from '@recomamp/amc-local'
import type { FastifyInstance } from 'fastify'
import { accountRoutes } from './amc/accounts.routes.ts'
import { advertiserRoutes } from './amc/advertisers.routes.ts'
import { createApp } from './amc/app.ts'
import { dataSourceRoutes } from './amc/data-sources.routes.ts'
import { downloadRoutes } from './amc/downloads.routes.ts'
import { executionRoutes } from './amc/executions.routes.ts'
import { instanceRoutes } from './amc/instances.routes.ts'
import { profilesRoutes } from './amc/profiles.routes.ts'
import { scheduleRoutes } from './amc/schedules.routes.ts'
import { workflowRoutes } from './amc/workflows.routes.ts'
import type { Context } from './context.ts'
import { controlRoutes } from './control/control.routes.ts'
import { createFaultBox } from './control/faults.ts'
import type { Fault, FaultBox } from './control/faults.ts'
import { authorizeRoutes } from './lwa/authorize.routes.ts'
import { profileRoutes } from './lwa/profile.routes.ts'
import { tokenRoutes } from './lwa/token.routes.ts'
import type { QueryEngine } from './runs/engine.ts'
import { startRunner } from './runs/runner.ts'
import { startScheduler } from './runs/scheduler.ts'
import { defaultSettings } from './settings.ts'
import type { Settings } from './settings.ts'
import { countOf } from './state/counts.store.ts'
import { addGrant, grantStands, revokeGrants } from './state/grants.store.ts'
import { lastingValue } from './state/meta.store.ts'
import { openState } from './state/open-state.ts'
import { listenOnLastPort } from './store/listen.ts'
import { createStoreApp } from './store/store-app.ts'
import { firstPerson } from './world/people.ts'

export interface EmulatorOptions {
  /** 0 takes any free port. */
  port: number
  host?: string
  /** Belongs to one emulator at a time; holds its state and result files. */
  dataDir: string
  /** Stays the caller's: it is not closed with the emulator. */
  engine: QueryEngine
  /** The clock of tokens, links and recorded times; waiting is done in real time. */
  now?: () => Date
  /** How long an execution is PENDING and, at the least, RUNNING. */
  timings?: Partial<Pick<Settings, 'pendingMs' | 'runningMs'>>
  settings?: Partial<Settings>
  faults?: readonly Fault[]
  /** Fixes which calls a fault with a probability meets and how bodies are mutated. */
  faultSeed?: number
}

export interface Emulator {
  /** Base of the `/amc/…` paths. */
  readonly url: string
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly profileUrl: string
  /** Base of the links to results: another address, as at Amazon. */
  readonly linksUrl: string
  readonly clientId: string
  readonly clientSecret: string
  /** A standing grant of Ana's, so that any AMC client can be pointed here. */
  readonly refreshToken: string
  readonly entityId: string
  readonly marketplaceId: string
  readonly instanceId: string
  readonly sandboxInstanceId: string
  /** Changes take effect with the next call. */
  readonly settings: Settings
  readonly faults: FaultBox
  /** How often something happened since the folder was made: `execution` (accepted, by workflow id), `authorization_code`
   *  (by person), `refresh_token`, `call` (by operation id). */
  count(event: string, key?: string): number
  /** Ends every grant of a person (`ana`), as if they had removed the app at Amazon. */
  revoke(person: string): void
  /** Stops at once; what was PENDING or RUNNING goes on at the next start on the same folder. */
  close(): Promise<void>
}

/** The sandbox has one client, the same in every folder, so that an app and an emulator can be started apart. */
const clientId = 'amzn1.application-oa2-client.5a4d8c1b7e2f4903a6b1c0d9e8f75a42'
const clientSecret = 'amzn1.oa2-cs.v1.sandbox-only-not-a-secret'

/** Starts Amazon's wire on `host:port` over the local engine. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const state = openState(options.dataDir)
  const settings = { ...defaultSettings, ...options.settings, ...options.timings }
  const clock = options.now ?? (() => new Date())
  const ctx: Context = {
    db: state.db,
    dataDir: options.dataDir,
    now: () => new Date(clock().getTime() + settings.clockSkewSeconds * 1000),
    settings,
    faults: createFaultBox(options.faults ?? [], options.faultSeed),
    engine: options.engine,
    schema: localSchema(),
    clientId,
    clientSecret,
    linkSecret: lastingValue(state.db, 'link-secret', () => randomBytes(32).toString('base64url')),
    storePort: 0,
  }
  const host = options.host ?? '127.0.0.1'
  const store = createStoreApp(ctx)
  const runner = startRunner(ctx)
  const scheduler = startScheduler(ctx, runner)
  const app = createApp(ctx)
  authorizeRoutes(app, ctx)
  tokenRoutes(app, ctx)
  profileRoutes(app, ctx)
  accountRoutes(app, ctx)
  profilesRoutes(app, ctx)
  instanceRoutes(app, ctx)
  advertiserRoutes(app, ctx)
  dataSourceRoutes(app, ctx)
  workflowRoutes(app, ctx)
  executionRoutes(app, ctx, runner)
  downloadRoutes(app, ctx)
  scheduleRoutes(app, ctx)
  controlRoutes(app, ctx)
  const close = async () => {
    scheduler.close()
    await Promise.all([app.close(), store.close(), runner.close()])
    state.close()
  }
  try {
    ctx.storePort = await listenOnLastPort(store, state.db, host)
    await app.listen({ port: options.port, host })
  } catch (error) {
    await close()
    throw error
  }
  const hostname = host === '0.0.0.0' ? '127.0.0.1' : host
  const baseUrl = `http://${hostname}:${portOf(app)}`
  return {
    url: baseUrl,
    authorizeUrl: `${baseUrl}/ap/oa`,
    tokenUrl: `${baseUrl}/auth/o2/token`,
    profileUrl: `${baseUrl}/user/profile`,
    linksUrl: `http://${hostname}:${ctx.storePort}`,
    clientId,
    clientSecret,
    refreshToken: standingGrant(ctx, firstPerson.key),
    entityId: firstPerson.entityId,
    marketplaceId: firstPerson.marketplaceId,
    instanceId: firstPerson.instanceId,
    sandboxInstanceId: firstPerson.sandboxInstanceId,
    settings: ctx.settings,
    faults: ctx.faults,
    count: (event, key) => countOf(state.db, event, key),
    revoke: (person) => revokeGrants(state.db, person),
    close,
  }
}

function portOf(app: FastifyInstance): number {
  return (app.server.address() as AddressInfo).port
}

function standingGrant({ db, now }: Context, person: string): string {
  const make = () => addGrant(db, person, 'profile advertising::campaign_management', now())
  return lastingValue(db, 'standing-grant', make, (refreshToken) => grantStands(db, refreshToken, now()))
}
