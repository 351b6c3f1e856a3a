import { Instance } from '@recomamp/contracts'
import { handOver } from '#platform/hand-over.ts'

/** The instance that was just removed, for the list that offers to add it again. */
export const { leave: handOverRemoved, take: takeRemoved } = handOver('recomamp.removed-instance', Instance)
