import { readFile } from 'node:fs/promises'

export interface MemorySample {
  /** Seconds from the beginning of the watch. */
  readonly at: number
  /** Resident, in megabytes. */
  readonly resident: number
  /** Resident without what the heap keeps in reserve for later; null where nobody tells. */
  readonly used: number | null
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
        const used = life.metricsUrl === null ? null : await readUsed(life.metricsUrl, token).catch(() => null)
        life.samples.push({ at: passed(), resident: Number(kilobytes) / 1024, used })
      }
    },
  }
}

async function readUsed(url: string, token: string): Promise<number | null> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(5000) })
  const text = await answer.text()
  const of = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
  const reserve = of('nodejs_heap_size_total_bytes') - of('nodejs_heap_size_used_bytes')
  const megabytes = (of('process_resident_memory_bytes') - reserve) / 1024 / 1024
  return Number.isFinite(megabytes) ? megabytes : null
}

const warmUp = 300
const leastSeconds = 600

/** What a life used at least, in megabytes, in the first and in the last third of what follows its fifth minute, with the growth between
 *  them; null for a life that is too short to tell, or that does not tell. The least is what is left after a collection of garbage: between
 *  two of them memory goes up by more than what is asked for here, and a heap keeps what it once had. */
export function growthOf({ from, samples }: Life): { early: number; late: number; growth: number } | null {
  const end = samples.at(-1)?.at ?? 0
  const begin = from + warmUp
  if (end < begin + leastSeconds) return null
  const third = (end - begin) / 3
  const least = (since: number, until: number) =>
    Math.min(...between(samples, since, until).flatMap(({ used }) => used ?? []))
  const [early, late] = [least(begin, begin + third), least(end - third, end)]
  return Number.isFinite(early) && Number.isFinite(late) ? { early, late, growth: late / early - 1 } : null
}

/** The median of what a life had resident between two moments, in megabytes. */
export function residentBetween({ samples }: Life, from: number, to: number): number {
  const sorted = between(samples, from, to).map(({ resident }) => resident)
  return sorted.sort((a, b) => a - b)[Math.floor(sorted.length / 2)] ?? NaN
}

function between(samples: readonly MemorySample[], from: number, to: number): MemorySample[] {
  return samples.filter(({ at }) => at >= from && at <= to)
}
