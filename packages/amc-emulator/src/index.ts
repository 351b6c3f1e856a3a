export type { Fault, FaultBox } from './control/faults.ts'
export type { Settings } from './settings.ts'
export { startEmulator } from './start-emulator.ts'
export type { Emulator, EmulatorOptions } from './start-emulator.ts'
