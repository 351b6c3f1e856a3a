export { LocalQueryError } from './engine/query-connection.ts'
export type { LocalValue } from './engine/protocol.ts'
export { openLocalEngine, type LocalEngine, type LocalQuery, type LocalResult } from './open-local-engine.ts'
export { localSchema } from './generate/views.ts'
