/** The name by which a request wakes the job. */
export const removeWorkspacesJobName = 'remove-workspaces'
