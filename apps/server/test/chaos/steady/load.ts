import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '@recomamp/contracts'
import type { Started } from '../true-ends.ts'
import { type Desk, askOne } from './desk.ts'

/** What the requests of a crowd came to. */
export interface Load {
  /** How often each thing was asked for. */
  readonly asked: Record<string, number>
  /** Milliseconds from a request to its answer, repetitions included. */
  readonly times: number[]
  /** What clients saw go wrong. */
  readonly errors: string[]
}

/** Nothing was asked yet. */
export function noLoad(): Load {
  return { asked: {}, times: [], errors: [] }
}

export interface Pace {
  readonly seconds: number
  readonly requestsPerSecond: number
  /** Seconds between the beginnings of two runs. */
  readonly runEvery: number
  readonly random: () => number
  readonly signal: AbortSignal
}

/** Asks at a steady pace, whether answers come or not, by the desks in turn, and waits for the last answer. */
export async function askSteadily(load: Load, desks: readonly Desk[], pace: Pace): Promise<void> {
  await atPace(pace.seconds * pace.requestsPerSecond, 1 / pace.requestsPerSecond, pace.signal, (number) =>
    timed(load, () => askOne(desks[number % desks.length]!, pace.random)),
  )
}

/** Begins runs at a steady pace; those that were begun are added to `runs`. */
export async function runSteadily(
  load: Load,
  begin: (number: number) => Promise<Started>,
  runs: Started[],
  pace: Pace,
): Promise<void> {
  await atPace(pace.seconds / pace.runEvery, pace.runEvery, pace.signal, (number) =>
    timed(load, async () => {
      runs.push(await begin(number))
      return 'run'
    }),
  )
}

async function atPace(
  times: number,
  everySeconds: number,
  signal: AbortSignal,
  act: (number: number) => Promise<void>,
): Promise<void> {
  const begun = performance.now()
  const open = new Set<Promise<void>>()
  for (let number = 0; number < times && !signal.aborted; number += 1) {
    const pauseMs = begun + number * everySeconds * 1000 - performance.now()
    if (pauseMs > 0) await wait(pauseMs)
    const acting: Promise<void> = act(number).finally(() => open.delete(acting))
    open.add(acting)
  }
  await Promise.all(open)
}

async function timed(load: Load, ask: () => Promise<string>): Promise<void> {
  const begun = performance.now()
  try {
    const name = await ask()
    load.asked[name] = (load.asked[name] ?? 0) + 1
  } catch (error) {
    load.errors.push(`a client saw ${textOf(error)}`)
  }
  load.times.push(performance.now() - begun)
}

function textOf(error: unknown): string {
  if (error instanceof Problem) return `${error.status} ${error.type}: ${error.message}`
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
  return `${String(error)}${cause}`
}

/** The time within which that part of the requests was answered, in milliseconds. */
export function quantile({ times }: Load, part: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN)
}
