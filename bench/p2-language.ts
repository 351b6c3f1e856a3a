import { once } from 'node:events'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { build } from 'rolldown'
import { atLeast, atMost, type Figure, median } from './figure.ts'
import { longQuery } from './long-query.ts'
import { dtSqlParsers, nodeSqlParser, type OtherParser, type ParserName } from './p2-parser.ts'
import { milliseconds, percentile } from './timing.ts'

const require = createRequire(import.meta.url)
/** Texts that a parser reads in one turn, the turns that count, and those before, in which parsers are still being compiled: all three
 *  get faster until about the hundredth. */
const [inATurn, turns, warming] = [10, 20, 100]

/**
 * P2: our parse, resolve and lint of a query of 500 lines, in turns with the best dialects of two parsers that only parse. Each has a
 * thread of its own, as the language has in the product: in one, each pays for what the others leave to be collected.
 */
export async function measureLanguage(): Promise<Figure[]> {
  const text = longQuery()
  const first = firstCall()
  const folder = mkdtempSync(join(tmpdir(), 'bench-parsers-'))
  try {
    const node = fastest(nodeDialects(text), text)
    const dt = fastest(await dtDialects(text, folder), text)
    const times = await inTurns({ ours: { kind: 'ours' }, node, dt }, text)
    const own = median(times.ours)
    return [
      atMost('P2', 'parse, resolve and lint of 500 lines, median', own, 4, ' ms'),
      atMost('P2', 'the same, p95', percentile(times.ours, 0.95), 10, ' ms'),
      atMost('P2', 'the same, first call of a process', first, 60, ' ms'),
      atLeast('P2', `faster than node-sql-parser (${node.name}, parses only)`, median(times.node) / own, 5, ' ×'),
      atLeast('P2', `faster than dt-sql-parser (${dt.name}, parses only)`, median(times.dt) / own, 2, ' ×'),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The milliseconds of each text, by parser. */
async function inTurns<Name extends string>(
  parsers: Record<Name, ParserName>,
  text: string,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(parsers) as Name[]
  const threads = names.map(
    (name) => new Worker(new URL('p2-parser.ts', import.meta.url), { workerData: parsers[name] }),
  )
  const times = names.map((): number[] => [])
  for (let turn = -warming; turn < turns; turn += 1) {
    const texts = Array.from({ length: inATurn }, (_, at) => `${text}\n-- ${turn} ${at}`)
    for (const [at, thread] of threads.entries()) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node has no origin
      thread.postMessage(texts)
      const [took] = (await once(thread, 'message')) as [number[]]
      if (turn >= 0) times[at]?.push(...took)
    }
  }
  await Promise.all(threads.map((thread) => thread.terminate()))
  return Object.fromEntries(names.map((name, at) => [name, times[at]])) as Record<Name, number[]>
}

interface Dialect {
  kind: 'node' | 'dt'
  name: string
  file: string
  parser: OtherParser
}

/** The dialects of node-sql-parser that accept the query. */
function nodeDialects(text: string): Dialect[] {
  const folder = join(dirname(require.resolve('node-sql-parser/package.json')), 'build')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name): Dialect => {
      const file = join(folder, name)
      return { kind: 'node', name: name.replace('.js', ''), file, parser: nodeSqlParser(file) }
    })
    .filter(({ parser }) => accepts(parser, text))
}

/** The dialects of dt-sql-parser that accept the query; its modules need a bundler. */
async function dtDialects(text: string, folder: string): Promise<Dialect[]> {
  const file = join(folder, 'dt-sql-parser.mjs')
  await build({
    input: require.resolve('dt-sql-parser'),
    output: { file, format: 'esm', codeSplitting: false },
    platform: 'node',
    logLevel: 'silent',
  })
  return [...(await dtSqlParsers(file))]
    .filter(([, parser]) => parser.validate(text).length === 0)
    .map(([name, parser]) => ({ kind: 'dt', name, file, parser: { parse: (sql) => void parser.parse(sql) } }))
}

function accepts(parser: OtherParser, text: string): boolean {
  try {
    parser.parse(text)
    return true
  } catch {
    return false
  }
}

/** By fewer, which dialect is the fastest is left to chance: several are close. */
const tries = 20

function fastest(dialects: readonly Dialect[], text: string): ParserName & { name: string } {
  const timed = dialects.map(({ parser, ...dialect }) => {
    const times = Array.from({ length: tries }, (_, at) => milliseconds(() => parser.parse(`${text}\n-- try ${at}`)))
    return { dialect, time: Math.min(...times) }
  })
  const [best] = timed.toSorted((a, b) => a.time - b.time)
  if (best === undefined) throw new Error('no dialect accepts the query')
  return best.dialect
}

/** The first analysis in a new process, once its modules and the tables are loaded. */
function firstCall(): number {
  const address = (file: string): string => JSON.stringify(pathToFileURL(join(import.meta.dirname, file)).href)
  const script = `
    const { analyze } = await import('@recomamp/amc-sql')
    const { hints } = await import('@recomamp/amc-sql/hints')
    const { loadSchema } = await import('@recomamp/amc-catalogue/schema')
    const { longQuery } = await import(${address('long-query.ts')})
    const { milliseconds } = await import(${address('timing.ts')})
    const [text, schema] = [longQuery(), loadSchema()]
    console.log(milliseconds(() => void analyze(text, schema, { hints })))`
  const times = [0, 1, 2].map(() => {
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: import.meta.dirname })
    return Number(run.stdout.toString())
  })
  return median(times)
}
