import { readFile } from 'node:fs/promises'

export interface MemorySample {
  /** Seconds from the beginning of the watch. */
  readonly at: number
  /** Resident, in megabytes. */
  readonly resident: number
  /** Objects of JavaScript that lived through a collection, in megabytes, and what has died of them since; null where nobody tells. */
  readonly heap: number | null
}

/** A process of a kind, from its start to its end or to the end of the watch. */
export interface Life {
  readonly name: string
  readonly pid: number
  /** Where it tells its metrics; null for one that has none. */
  readonly metricsUrl: string | null
  /** Seconds from the beginning of the watch. */
  readonly from: number
  readonly samples: MemorySample[]
  isOver: boolean
}

/** The memory of processes over time (Linux). */
export interface MemoryWatch {
  readonly lives: readonly Life[]
  /** Begins a life; one of the same name is over then. */
  watch(name: string, pid: number, metricsUrl?: string): void
  /** Looks once at all that live. */
  look(): Promise<void>
}

/** Nothing is watched yet; `passed` tells the seconds since the beginning, `token` opens the metrics. */
export function watchMemory(passed: () => number, token: string): MemoryWatch {
  const lives: Life[] = []
  return {
    lives,
    watch(name, pid, metricsUrl) {
      for (const life of lives) if (life.name === name) life.isOver = true
      lives.push({ name, pid, metricsUrl: metricsUrl ?? null, from: passed(), samples: [], isOver: false })
    },
    async look() {
      for (const life of lives) {
        if (life.isOver) continue
        const status = await readFile(`/proc/${life.pid}/status`, 'utf8').catch(() => '')
        const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(status) ?? []
        if (kilobytes === undefined) continue
        const heap = life.metricsUrl === null ? null : await readHeap(life.metricsUrl, token).catch(() => null)
        life.samples.push({ at: passed(), resident: Number(kilobytes) / 1024, heap })
      }
    },
  }
}

async function readHeap(url: string, token: string): Promise<number | null> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(5000) })
  const spaces = (await answer.text()).matchAll(/^nodejs_heap_space_size_used_bytes\{space="(\w+)"\} (\S+)$/gm)
  const old = [...spaces].filter(([, space = '']) => !space.startsWith('new'))
  return old.length === 0 ? null : old.reduce((sum, [, , bytes]) => sum + Number(bytes), 0) / 1024 / 1024
}

const fiveMinutes = 300

/** Megabytes at two times, and how much more the second is, as a part of the first. */
export interface Growth {
  readonly early: number
  readonly late: number
  readonly growth: number
}

/** How a life grew from the five minutes that follow its fifth to its last five: in what it had resident, by the median, and in the heap, by
 *  the least, which is what a collection of garbage leaves. Null for what tells no metrics, and for a life of less than twenty minutes. */
export function growthOf(life: Life): { resident: Growth; heap: Growth } | null {
  const { from, samples, metricsUrl } = life
  const end = samples.at(-1)?.at ?? 0
  if (metricsUrl === null || end < from + 4 * fiveMinutes) return null
  const [early, late] = [from + fiveMinutes, end - fiveMinutes]
  const leastHeap = (since: number) =>
    Math.min(...between(samples, since, since + fiveMinutes).flatMap(({ heap }) => heap ?? []))
  return {
    resident: grown(residentBetween(life, early, early + fiveMinutes), residentBetween(life, late, end)),
    heap: grown(leastHeap(early), leastHeap(late)),
  }
}

function grown(early: number, late: number): Growth {
  return { early, late, growth: late / early - 1 }
}

/** The median of what a life had resident between two moments, in megabytes. */
export function residentBetween({ samples }: Life, from: number, to: number): number {
  const sorted = between(samples, from, to).map(({ resident }) => resident)
  return sorted.sort((a, b) => a - b)[Math.floor(sorted.length / 2)] ?? NaN
}

function between(samples: readonly MemorySample[], from: number, to: number): MemorySample[] {
  return samples.filter(({ at }) => at >= from && at <= to)
}
