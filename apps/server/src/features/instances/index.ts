export { reachableInstances, requireInstance, type ReachableInstance } from './reachable-instance.ts'
