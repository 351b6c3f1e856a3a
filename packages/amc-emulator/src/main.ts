import { parseArgs } from 'node:util'
import { openLocalEngine } from '@recomamp/amc-local'
import { addressLine } from './address-line.ts'
import { ControlFault } from './control/bodies.ts'
import { readStartOptions } from './control/start-options.ts'
import { startEmulator } from './start-emulator.ts'

/** `node main.ts --port N --data-dir D [--host H] [--seed N] [--fault JSON]… [--setting NAME=VALUE]… [--fault-seed N]`: prints one JSON line when it listens, ends on SIGTERM and SIGINT. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8002' },
    host: { type: 'string', default: '127.0.0.1' },
    'data-dir': { type: 'string' },
    seed: { type: 'string' },
    fault: { type: 'string', multiple: true },
    setting: { type: 'string', multiple: true },
    'fault-seed': { type: 'string' },
  },
})
const folder = values['data-dir']
const port = Number(values.port)
if (folder === undefined || !Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(
    'Usage: main.ts --data-dir FOLDER [--port 0-65535] [--host ADDRESS] [--seed NUMBER] [--fault JSON]... [--setting NAME=VALUE]... [--fault-seed NUMBER]',
  )
  process.exit(2)
}
const disturbance = disturbanceOf()

const engine = openLocalEngine({ folder, ...(values.seed === undefined ? {} : { seed: Number(values.seed) }) })
const emulator = await startEmulator({ port, host: values.host, dataDir: folder, engine, ...disturbance })
console.log(addressLine(emulator))

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    // Nothing is lost by leaving: the state is written before every answer.
    setTimeout(() => process.exit(0), 800)
    void emulator
      .close()
      .then(() => engine.close())
      .finally(() => process.exit(0))
  })

function disturbanceOf(): ReturnType<typeof readStartOptions> {
  try {
    return readStartOptions({ fault: values.fault, setting: values.setting, faultSeed: values['fault-seed'] })
  } catch (error) {
    if (!(error instanceof ControlFault)) throw error
    console.error(error.message)
    process.exit(2)
  }
}
