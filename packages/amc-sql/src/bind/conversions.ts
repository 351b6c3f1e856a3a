// An entry point of its own: only who writes parameters in their other form loads it.
export { compileCopy } from '../compile-copy.ts'
export type { Conversion } from './conversion.ts'
export { fromCustomParameter } from './from-custom.ts'
export { toCustomParameter } from './to-custom.ts'
