import { randomBytes } from 'node:crypto'
import { localSchema } from '@recomamp/amc-local'
import type { AddressInfo } from 'node:net'
import { administrationRoutes } from './amc/administration.routes.ts'
import { createApp } from './amc/app.ts'
import { dataSourceRoutes } from './amc/data-sources.routes.ts'
import { downloadRoutes } from './amc/downloads.routes.ts'
import { executionRoutes } from './amc/executions.routes.ts'
import { workflowRoutes } from './amc/workflows.routes.ts'
import type { Context } from './context.ts'
import { controlRoutes } from './control/control.routes.ts'
import { createFaultBox } from './control/faults.ts'
import type { Fault, FaultBox } from './control/faults.ts'
import { authorizeRoutes } from './lwa/authorize.routes.ts'
import { tokenRoutes } from './lwa/token.routes.ts'
import type { QueryEngine } from './runs/engine.ts'
import { startRunner } from './runs/runner.ts'
import { defaultSettings } from './settings.ts'
import type { Settings } from './settings.ts'
import { countOf } from './state/counts.store.ts'
import { addGrant, grantStands, lastingSecret, revokeGrants } from './state/grants.store.ts'
import { openState } from './state/open-state.ts'
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
}

export interface Emulator {
  /** Base of the `/amc/…` paths. */
  readonly url: string
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly profileUrl: string
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
  const now = options.now ?? (() => new Date())
  const ctx: Context = {
    db: state.db,
    dataDir: options.dataDir,
    now,
    settings: { ...defaultSettings, ...options.settings, ...options.timings },
    faults: createFaultBox(options.faults ?? []),
    engine: options.engine,
    schema: localSchema(),
    clientId,
    clientSecret,
    linkSecret: lastingSecret(state.db, 'link-secret', () => randomBytes(32).toString('base64url')),
  }
  const app = createApp(ctx)
  authorizeRoutes(app, ctx)
  tokenRoutes(app, ctx)
  administrationRoutes(app, ctx)
  dataSourceRoutes(app, ctx)
  workflowRoutes(app, ctx)
  downloadRoutes(app, ctx)
  controlRoutes(app, ctx)
  const runner = startRunner(ctx)
  executionRoutes(app, ctx, runner)
  const host = options.host ?? '127.0.0.1'
  try {
    await app.listen({ port: options.port, host })
  } catch (error) {
    await runner.close()
    state.close()
    throw error
  }
  const baseUrl = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${(app.server.address() as AddressInfo).port}`
  return {
    url: baseUrl,
    authorizeUrl: `${baseUrl}/ap/oa`,
    tokenUrl: `${baseUrl}/auth/o2/token`,
    profileUrl: `${baseUrl}/user/profile`,
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
    close: async () => {
      await Promise.all([app.close(), runner.close()])
      state.close()
    },
  }
}

function standingGrant({ db, now }: Context, person: string): string {
  const make = () => addGrant(db, person, 'profile advertising::campaign_management', now())
  return lastingSecret(db, 'standing-grant', make, (refreshToken) => grantStands(db, refreshToken))
}
