import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { atMost, type Figure, median, told } from './figure.ts'
import { copySeconds } from './large-csv.ts'
import { withLargeResults } from './large-result.ts'

const rounds = 3

/** P5: a result of 1,000,000 rows and 20 columns, from AMC's link to the stored file, against DuckDB's COPY of the same file, in turns. */
export function measureIngest(): Promise<Figure[]> {
  return withLargeResults(async ({ run, pid, csv, folder }) => {
    const pairs: { copy: number; ingest: number }[] = []
    const growth: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const copy = await copySeconds(csv, join(folder, 'copied.parquet'))
      await pause(1000)
      forgetPeak(pid)
      const before = megabytes(pid, 'VmRSS')
      const { seconds } = await run()
      growth.push(megabytes(pid, 'VmHWM') - before)
      pairs.push({ copy, ingest: seconds })
    }
    const ratio = median(pairs.map(({ copy, ingest }) => ingest / copy))
    return [
      atMost('P5', 'ingest of 1,000,000 × 20 against COPY, median of 3', ratio, 1.5, ' ×'),
      atMost('P5', 'memory that the server took for it, at most', Math.max(...growth), 256, ' MB'),
      told('P5', 'the ingest itself, median', median(pairs.map(({ ingest }) => ingest)), ' s'),
      told('P5', 'DuckDB’s COPY, median', median(pairs.map(({ copy }) => copy)), ' s'),
    ]
  })
}

/** Lets the kernel count the peak of a process anew (Linux). */
function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

function megabytes(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024
}
