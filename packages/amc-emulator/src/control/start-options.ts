import type { Settings } from '../settings.ts'
import { ControlFault, readFault, readSettings } from './bodies.ts'
import type { Fault } from './faults.ts'

/** The texts behind `--fault`, `--setting` and `--fault-seed`. */
interface StartTexts {
  fault?: readonly string[] | undefined
  setting?: readonly string[] | undefined
  faultSeed?: string | undefined
}

/** With what an emulator starts disturbed. */
interface StartOptions {
  faults: Fault[]
  settings: Partial<Settings>
  faultSeed?: number
}

/** Reads `--fault JSON`, `--setting NAME=VALUE` and `--fault-seed N`. Throws ControlFault with the option in its message. */
export function readStartOptions({ fault = [], setting = [], faultSeed }: StartTexts): StartOptions {
  if (faultSeed !== undefined && !/^\d{1,9}$/.test(faultSeed))
    throw new ControlFault(`--fault-seed must be a whole number of at most nine digits, not ${faultSeed}`)
  return {
    faults: fault.map((text) => named(`--fault ${text}`, () => readFault(parsed(text)))),
    settings: Object.assign({}, ...setting.map(oneSetting)) as Partial<Settings>,
    ...(faultSeed !== undefined && { faultSeed: Number(faultSeed) }),
  }
}

function oneSetting(text: string): Partial<Settings> {
  const equals = text.indexOf('=')
  if (equals < 1) throw new ControlFault(`--setting ${text}: write NAME=VALUE, such as pendingMs=0`)
  const value = text.slice(equals + 1)
  return named(`--setting ${text}`, () => readSettings({ [text.slice(0, equals)]: valueOf(value) }))
}

/** Numbers, booleans and null as in JSON; anything else is the text itself, so that words need no quotes in a shell. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ControlFault(`that is not JSON; write an object such as {"operation":"*","status":429,"times":3}`)
  }
}

function named<T>(option: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof ControlFault) throw new ControlFault(`${option}: ${error.message}`, { cause: error })
    throw error
  }
}
