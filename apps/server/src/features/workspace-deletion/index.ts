export { removeWorkspacesJob } from './remove-workspaces.job.ts'
export { workspaceDeletionRoutes } from './workspace-deletion.routes.ts'
