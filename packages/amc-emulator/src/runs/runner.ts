import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { runningPerAccount, runningPerInstance } from '../settings.ts'
import { openExecutions } from '../state/executions.store.ts'
import { locateInstance } from '../state/instances.store.ts'
import { carryOut } from './carry-out.ts'

/** Moves executions on: PENDING for a while, at most ten RUNNING per instance and 200 per account, the rest wait in the order of their creation. */
export interface Runner {
  /** Takes up an execution that was just written. */
  accept(id: string, instanceId: string): void
  /** Stops the work on an execution whose row has ended. */
  stop(id: string): void
  /** Stops all work and waits for it; rows stay as they are and go on at the next start. */
  close(): Promise<void>
}

interface Queue {
  /** The AMC account of the instance, which has a limit of its own. */
  entityId: string
  /** Executions whose pause is over, in the order in which it ended. */
  waiting: string[]
  running: number
}

/** Takes up everything that a former process left PENDING or RUNNING. */
export function startRunner(ctx: Context): Runner {
  const queues = new Map<string, Queue>()
  const work = new Map<string, { controller: AbortController; done: Promise<void> }>()
  const closing = new AbortController()

  const queueOf = (instanceId: string): Queue => {
    const entityId = () => locateInstance(ctx.db, instanceId, ctx.now())?.entityId ?? ''
    const queue = queues.get(instanceId) ?? { entityId: entityId(), waiting: [], running: 0 }
    queues.set(instanceId, queue)
    return queue
  }

  const hasRoom = (queue: Queue): boolean => {
    const ofAccount = [...queues.values()].filter(({ entityId }) => entityId === queue.entityId)
    const running = ofAccount.reduce((sum, one) => sum + one.running, 0)
    return queue.running < runningPerInstance && running < runningPerAccount
  }

  const startNext = (instanceId: string): void => {
    const queue = queueOf(instanceId)
    while (!closing.signal.aborted && hasRoom(queue)) {
      const id = queue.waiting.shift()
      if (id === undefined) return
      queue.running += 1
      follow(id, async (signal) => {
        try {
          await carryOut(ctx, instanceId, id, signal)
        } finally {
          queue.running -= 1
          // The room in the account may be another instance's turn.
          for (const [other, { entityId }] of queues) if (entityId === queue.entityId) startNext(other)
        }
      })
    }
  }

  const follow = (id: string, task: (signal: AbortSignal) => Promise<void>): void => {
    const controller = new AbortController()
    const done = task(controller.signal).catch((error: unknown) => {
      // An abort is how stop and close end the work; anything else must not vanish.
      if (!controller.signal.aborted) process.emitWarning(`Execution ${id} of the emulator stopped: ${String(error)}`)
    })
    const entry = { controller, done }
    work.set(id, entry)
    void done.then(() => work.get(id) === entry && work.delete(id))
  }

  const accept = (id: string, instanceId: string): void =>
    follow(id, async (signal) => {
      await wait(ctx.settings.pendingMs, undefined, { signal })
      await Promise.race([ctx.engine.ready.catch(() => undefined), once(signal, 'abort')])
      signal.throwIfAborted()
      queueOf(instanceId).waiting.push(id)
      startNext(instanceId)
    })

  for (const left of openExecutions(ctx.db)) {
    if (left.status === 'PENDING') accept(left.id, left.instanceId)
    else queueOf(left.instanceId).waiting.push(left.id)
  }
  for (const instanceId of queues.keys()) startNext(instanceId)

  return {
    accept,
    stop: (id) => {
      for (const queue of queues.values()) queue.waiting = queue.waiting.filter((one) => one !== id)
      work.get(id)?.controller.abort()
    },
    close: async () => {
      closing.abort()
      const open = [...work.values()]
      for (const { controller } of open) controller.abort()
      await Promise.all(open.map(({ done }) => done))
    },
  }
}
