export { clientTimingRoutes } from './client-timings.routes.ts'
