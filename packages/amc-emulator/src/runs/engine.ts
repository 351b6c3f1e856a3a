export type { LocalEngine as QueryEngine } from '@recomamp/amc-local'
