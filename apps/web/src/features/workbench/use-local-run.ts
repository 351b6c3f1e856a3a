import type { BodyGiven, LocalRun, PrivacyPreview } from '@recomamp/contracts'
import { previewPrivacy, runLocally } from '@recomamp/contracts'
import { useRef, useState } from 'react'
import { call } from '#platform/api.ts'

/** What of the query was tried. */
export type TriedPart = { kind: 'query' } | { kind: 'selection' } | { kind: 'part'; name: string }

/** A try on synthetic data, its answer or why there is none. */
export type LocalTry = { part: TriedPart; at: Date } & (
  | { state: 'running' }
  | { state: 'done'; run: LocalRun; sqlQuery: string }
  | { state: 'failed'; problem: unknown }
)

export interface LocalTries {
  latest: LocalTry | null
  start: (part: TriedPart, body: BodyGiven<typeof runLocally>) => Promise<void>
  dismiss: () => void
}

/** Runs texts on the synthetic data of this installation; a newer try ends the one before it. */
export function useLocalTries(): LocalTries {
  const [latest, setLatest] = useState<LocalTry | null>(null)
  const running = useRef<AbortController | null>(null)
  return {
    latest,
    async start(part, body) {
      running.current?.abort()
      const own = new AbortController()
      running.current = own
      const begun = { part, at: new Date() }
      setLatest({ ...begun, state: 'running' })
      try {
        const run = await call(runLocally, { body, signal: own.signal })
        if (running.current === own) setLatest({ ...begun, state: 'done', run, sqlQuery: body.sqlQuery })
      } catch (problem) {
        if (running.current === own) setLatest({ ...begun, state: 'failed', problem })
      }
    },
    dismiss() {
      running.current?.abort()
      running.current = null
      setLatest(null)
    },
  }
}

export interface PrivacyJudgement {
  at: Date
  preview: PrivacyPreview | null
  problem: unknown
}

/** Judges what the thresholds do to a query on synthetic data; a newer question ends the one before it. */
export function usePrivacyPreview() {
  const [latest, setLatest] = useState<PrivacyJudgement | null>(null)
  const running = useRef<AbortController | null>(null)
  return {
    latest,
    async start(body: BodyGiven<typeof previewPrivacy>): Promise<void> {
      running.current?.abort()
      const own = new AbortController()
      running.current = own
      const at = new Date()
      setLatest({ at, preview: null, problem: null })
      try {
        const preview = await call(previewPrivacy, { body, signal: own.signal })
        if (running.current === own) setLatest({ at, preview, problem: null })
      } catch (problem) {
        if (running.current === own) setLatest({ at, preview: null, problem })
      }
    },
    dismiss() {
      running.current?.abort()
      running.current = null
      setLatest(null)
    },
  }
}
