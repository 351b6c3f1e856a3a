export { insertWorkflow, newWorkflowId } from './create-workflow.ts'
export { requireVersion, requireWorkflow } from './require-version.ts'
export { requireWorkflowView } from './workflow-rows.store.ts'
export { workflowRoutes } from './workflows.routes.ts'
