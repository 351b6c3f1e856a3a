import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Emulator, startEmulator } from '@recomamp/amc-emulator'
import { type LocalEngine, openLocalEngine } from '@recomamp/amc-local'
import { collectDefaultMetrics } from 'prom-client'
import { type Config, SettingsFault, readSettings } from '#config.ts'
import { createLog, type Log } from '#platform/log/log.ts'
import type { ProviderAddresses } from '#features/sign-in/index.ts'
import { isExpectedFault } from './expected-faults.ts'
import { type RunningServer, startServer } from './start-server.ts'

interface Running {
  server?: RunningServer
  emulator?: Emulator
  engine?: LocalEngine
}

const running: Running = {}
let stopping = false

async function main(): Promise<void> {
  const settings = readSettings(process.env)
  const { config } = settings
  const log = createLog(config.logLevel)
  watchProcess(log)
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  running.server = await startServer({
    settings,
    log,
    startSandbox: () => (config.emulator.on && config.role === 'all' ? startSandbox(config) : Promise.resolve(null)),
    isSandboxReady: () => running.engine?.isReady() ?? false,
    synthetic: () => syntheticData(config),
  })
  collectDefaultMetrics({ register: running.server.ctx.metrics.registry })
  if (stopping) return stop(log, 0)
  process.stdout.write(`ready ${running.server.url}\n`)
}

/** One for the emulator and for local runs; without an emulator it is opened when a query is first tried. */
function syntheticData(config: Config): LocalEngine {
  running.engine ??= openLocalEngine({ folder: join(config.dataDir, 'synthetic') })
  return running.engine
}

async function startSandbox(config: Config): Promise<ProviderAddresses> {
  const engine = syntheticData(config)
  try {
    running.emulator = await startEmulator({
      host: config.host,
      port: config.emulator.port,
      dataDir: join(config.dataDir, 'emulator'),
      engine,
    })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new SettingsFault([
        `EMULATOR_PORT ${config.emulator.port} is taken by another program; set EMULATOR_PORT to a free one, or EMULATOR=off`,
      ])
    throw error
  }
  const { clientId, clientSecret, authorizeUrl, tokenUrl, profileUrl, url } = running.emulator
  return { clientId, clientSecret, authorizeUrl, tokenUrl, profileUrl, adsApiUrl: url }
}

function watchProcess(log: Log): void {
  process.on('SIGTERM', () => void stop(log, 0))
  process.on('SIGINT', () => void stop(log, 0))
  process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'a rejection that nobody handled'))
  process.on('uncaughtException', (error) => {
    // The process may be in any state now: it ends, and whoever runs it starts it again.
    log.fatal({ err: error }, 'an exception that nobody caught')
    void stop(log, 1)
  })
}

async function stop(log: Log, code: number): Promise<void> {
  if (stopping) return
  stopping = true
  // Whatever hangs must not keep the process: what it held is claimed again after its lease.
  setTimeout(() => process.exit(code), 4800).unref()
  try {
    await running.server?.stop()
    await running.emulator?.close()
    await running.engine?.close()
  } catch (error) {
    log.error({ err: error }, 'the stop was not clean')
  }
  process.exit(code)
}

try {
  await main()
} catch (error) {
  // A thread that is inside DuckDB must end by itself; leaving it behind would abort the process before its message is read.
  await running.engine?.close().catch(() => undefined)
  process.stderr.write(
    `${isExpectedFault(error) ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  )
  process.exit(1)
}
