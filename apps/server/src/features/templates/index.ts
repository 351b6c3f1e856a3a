export { templateRoutes } from './templates.routes.ts'
export { keepTemplates } from './templates.store.ts'
