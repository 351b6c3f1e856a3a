export { keepTemplates } from './keep-templates.ts'
export { templateRoutes } from './templates.routes.ts'
