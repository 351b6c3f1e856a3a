export { discoverInstancesJob } from './discover-instances.job.ts'
export { slotsInUse } from './instance-activity.ts'
export { instanceRoutes } from './instances.routes.ts'
export { reachableInstances, requireInstance, type ReachableInstance } from './reachable-instance.ts'
