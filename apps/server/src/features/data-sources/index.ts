export { dataSourceRoutes } from './data-sources.routes.ts'
