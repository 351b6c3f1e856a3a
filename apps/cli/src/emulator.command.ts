import { join } from 'node:path'
import { addressLine, ControlFault, FolderTaken, readStartOptions, startEmulator } from '@recomamp/amc-emulator'
import { openLocalEngine } from '@recomamp/amc-local'
import { CommandFailed, UsageError } from './command-line/command-failed.ts'
import { dataFolder, syntheticFolder } from './command-line/data-folder.ts'
import { leaf } from './command-line/dispatch.ts'
import { parseOptions } from './command-line/options.ts'

const help = `recomamp emulator [--port N] [--data-dir FOLDER] [--host ADDRESS] [--seed N]
                  [--setting NAME=VALUE]... [--fault JSON]... [--fault-seed N]

Amazon's sign-in and the AMC API on this machine, over synthetic data. Prints one line of JSON when it can be called: addresses, client,
a refresh token that works, and ids, so that any AMC client can be pointed at it. Ctrl-C ends it; what was accepted goes on at the next
start.

  --port N              port to listen on, 0 for any free one (8002)
  --data-dir FOLDER     where workflows, executions and data are kept (DATA_DIR, or .data)
  --host ADDRESS        address to listen on (127.0.0.1)
  --seed N              another seed makes other synthetic data (1)
  --setting NAME=VALUE  how Amazon behaves: pendingMs=0, linkSeconds=5, zoneSuffix=empty; once for each
  --fault JSON          a disturbance from the start, once for each: '{"operation":"*","probability":0.1,"status":429}'
  --fault-seed N        which calls a fault with a probability meets (1)
`

export const emulator = leaf(help, async (args, session) => {
  const { values, positionals } = parseOptions(args, {
    port: { type: 'string', default: '8002' },
    host: { type: 'string', default: '127.0.0.1' },
    'data-dir': { type: 'string' },
    seed: { type: 'string' },
    setting: { type: 'string', multiple: true },
    fault: { type: 'string', multiple: true },
    'fault-seed': { type: 'string' },
  })
  const [unexpected] = positionals
  if (unexpected !== undefined)
    throw new UsageError(`recomamp emulator takes no ${unexpected}; --help lists its options`)
  const port = wholeNumber('--port', values.port, 65_535)
  const seed = values.seed === undefined ? undefined : wholeNumber('--seed', values.seed, 2 ** 31 - 1)
  const disturbance = disturbanceOf(values.fault, values.setting, values['fault-seed'])
  const folder = dataFolder(values['data-dir'], session)

  const engine = openLocalEngine({ folder: syntheticFolder(folder), ...(seed !== undefined && { seed }) })
  session.onStop(() => engine.close(), 0)
  const started = await startEmulator({
    port,
    host: values.host,
    dataDir: join(folder, 'emulator'),
    engine,
    ...disturbance,
  }).catch(async (error: unknown) => {
    await engine.close()
    throw readable(error, port)
  })
  session.onStop(() => started.close(), 0)
  await session.stdout.write(`${addressLine(started)}\n`)
  return 0
})

function wholeNumber(option: string, text: string, most: number): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number > most) throw new UsageError(`${option} must be a whole number from 0 to ${most}`)
  return number
}

function disturbanceOf(
  fault: string[] | undefined,
  setting: string[] | undefined,
  faultSeed: string | undefined,
): ReturnType<typeof readStartOptions> {
  try {
    return readStartOptions({ fault, setting, faultSeed })
  } catch (error) {
    throw error instanceof ControlFault ? new UsageError(error.message, { cause: error }) : error
  }
}

function readable(error: unknown, port: number): unknown {
  if (!(error instanceof Error)) return error
  if ('code' in error && error.code === 'EADDRINUSE')
    return new CommandFailed(1, `Port ${port} is taken by another program; choose a free one with --port`)
  return error instanceof FolderTaken ? new CommandFailed(1, error.message, { cause: error }) : error
}
