export { requireVersion, requireWorkflow, type SavedVersion } from './require-version.ts'
