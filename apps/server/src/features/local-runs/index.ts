export { localRunRoutes } from './local-runs.routes.ts'
