import type {
  AnswerOf,
  InstanceId,
  PrivacyFilteringBehavior,
  RunRequest,
  TimeWindow,
  WorkflowContent,
  WorkflowId,
} from '@recomamp/contracts'
import { Problem, QueryFinding, executeWorkflow } from '@recomamp/contracts'
import { useState } from 'react'
import { z } from 'zod'
import { call } from '#platform/api.ts'
import { Unreachable } from '#platform/http.ts'

export type RunPhase = 'idle' | 'saving' | 'sending'
export type StartedExecution = AnswerOf<typeof executeWorkflow>

export interface RunOrder {
  workflowId: WorkflowId
  /** What runs: makes a version of the text on screen and answers its number, or gives the text itself to be tried. */
  text: () => Promise<{ version: number } | { unsaved: NonNullable<RunRequest['unsaved']> }>
  /** AMC only looks whether it would take the query. */
  dryRun: boolean
  instanceId: InstanceId
  values: WorkflowContent['values']
  window: TimeWindow
  privacy: PrivacyFilteringBehavior
}

export interface Run {
  phase: RunPhase
  /** Why the last run did not start. */
  problem: unknown
  /** What the server found in the query when it refused it. */
  findings: readonly z.infer<typeof QueryFinding>[]
  start: (order: RunOrder) => Promise<StartedExecution | null>
  dismiss: () => void
}

/** Runs the text on screen: saved as a version first, then sent under that version's number (F-31). A check saves nothing. */
export function useRun(): Run {
  const [phase, setPhase] = useState<RunPhase>('idle')
  const [problem, setProblem] = useState<unknown>(null)
  const [findings, setFindings] = useState<readonly z.infer<typeof QueryFinding>[]>([])

  async function start(order: RunOrder): Promise<StartedExecution | null> {
    setProblem(null)
    setFindings([])
    try {
      setPhase('saving')
      const text = await order.text()
      setPhase('sending')
      return await send(order, text)
    } catch (error) {
      setProblem(error)
      setFindings(findingsOf(error))
      return null
    } finally {
      setPhase('idle')
    }
  }

  return {
    phase,
    problem,
    findings,
    start,
    dismiss: () => {
      setProblem(null)
      setFindings([])
    },
  }
}

/** Sends under one Idempotency-Key, also again after a lost answer: however often it arrives, it runs once. */
async function send(order: RunOrder, text: Awaited<ReturnType<RunOrder['text']>>): Promise<StartedExecution> {
  const key = crypto.randomUUID()
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call(executeWorkflow, {
        params: { workflowId: order.workflowId },
        headers: { 'idempotency-key': key },
        body: {
          ...text,
          dryRun: order.dryRun,
          instanceId: order.instanceId,
          values: order.values,
          window: order.window,
          privacyFilteringBehavior: order.privacy,
        },
      })
    } catch (error) {
      if (!(error instanceof Unreachable) || attempt === 3) throw error
      await new Promise((resolve) => setTimeout(resolve, 1000 * attempt))
    }
  }
}

function findingsOf(error: unknown): z.infer<typeof QueryFinding>[] {
  if (!(error instanceof Problem)) return []
  return z.array(QueryFinding).safeParse(error.extensions['findings']).data ?? []
}
