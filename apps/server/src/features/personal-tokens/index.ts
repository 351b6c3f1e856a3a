export { personalTokenRoutes } from './personal-tokens.routes.ts'
export { type TokenCallers, createTokenCallers } from './token-callers.ts'
