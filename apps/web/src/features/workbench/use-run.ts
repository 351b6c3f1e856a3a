import type { AnswerOf, BodyGiven, WorkflowId } from '@recomamp/contracts'
import { Problem, QueryFinding, executeWorkflow } from '@recomamp/contracts'
import { useState } from 'react'
import { z } from 'zod'
import { call } from '#platform/api.ts'
import { Unreachable } from '#platform/http.ts'

export type RunPhase = 'idle' | 'sending'
/** What the server is asked to run. */
export type RunBody = BodyGiven<typeof executeWorkflow>
export type StartedExecution = AnswerOf<typeof executeWorkflow>

export interface Run {
  phase: RunPhase
  /** Why the last run did not start. */
  problem: unknown
  /** What the server found in the query when it refused it. */
  findings: readonly z.infer<typeof QueryFinding>[]
  start: (workflowId: WorkflowId, body: RunBody) => Promise<StartedExecution | null>
  dismiss: () => void
}

/** Sends what is to run: a version by its number, or a text that is none as it stands on screen (F-31). Nothing is saved by it. */
export function useRun(): Run {
  const [phase, setPhase] = useState<RunPhase>('idle')
  const [problem, setProblem] = useState<unknown>(null)
  const [findings, setFindings] = useState<readonly z.infer<typeof QueryFinding>[]>([])

  async function start(workflowId: WorkflowId, body: RunBody): Promise<StartedExecution | null> {
    setProblem(null)
    setFindings([])
    try {
      setPhase('sending')
      return await send(workflowId, body)
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
async function send(workflowId: WorkflowId, body: RunBody): Promise<StartedExecution> {
  const key = crypto.randomUUID()
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call(executeWorkflow, { params: { workflowId }, headers: { 'idempotency-key': key }, body })
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
