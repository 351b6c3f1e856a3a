export { auditRoutes } from './audit.routes.ts'
export { removeEntries } from './remove-entries.ts'
export { recordAudit } from './record-audit.ts'
