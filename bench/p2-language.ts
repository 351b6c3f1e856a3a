import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { analyze } from '@recomamp/amc-sql'
import { hints } from '@recomamp/amc-sql/hints'
import { build } from 'rolldown'
import { atLeast, atMost, type Figure, median } from './figure.ts'
import { longQuery } from './long-query.ts'
import { milliseconds, percentile } from './timing.ts'
import { spawnSync } from 'node:child_process'

const require = createRequire(import.meta.url)
const rounds = 41
/** Rounds that do not count: until then parsers are still being compiled, ours up to about the fiftieth. */
const warming = 60

/** P2: our parse, resolve and lint of a query of 500 lines, in turns with the best dialects of two parsers that only parse. */
export async function measureLanguage(): Promise<Figure[]> {
  const text = longQuery()
  const schema = loadSchema()
  const first = firstCall()
  const ours = (round: number): void => {
    const { diagnostics } = analyze(`${text}\n-- ${round}`, schema, { hints })
    if (diagnostics.some(({ severity }) => severity === 'error')) throw new Error('the query has an error')
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-parsers-'))
  try {
    const others = { node: nodeSqlParsers(text), dt: await dtSqlParsers(text, folder) }
    const best = { node: fastest(others.node, text), dt: fastest(others.dt, text) }
    const times = { ours: [] as number[], node: [] as number[], dt: [] as number[] }
    for (let round = -warming; round < rounds; round += 1) {
      times.ours.push(milliseconds(() => ours(round)))
      times.node.push(milliseconds(() => best.node.parse(`${text}\n-- ${round}`)))
      times.dt.push(milliseconds(() => best.dt.parse(`${text}\n-- ${round}`)))
    }
    for (const each of Object.values(times)) each.splice(0, warming)
    const own = median(times.ours)
    return [
      atMost('P2', 'parse, resolve and lint of 500 lines, median', own, 4, ' ms'),
      atMost('P2', 'the same, p95', percentile(times.ours, 0.95), 10, ' ms'),
      atMost('P2', 'the same, first call of a process', first, 60, ' ms'),
      atLeast('P2', `faster than node-sql-parser (${best.node.name}, parses only)`, median(times.node) / own, 5, ' ×'),
      atLeast('P2', `faster than dt-sql-parser (${best.dt.name}, parses only)`, median(times.dt) / own, 2, ' ×'),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface OtherParser {
  name: string
  /** Throws where it refuses the text. */
  parse(text: string): void
}

/** The dialects of node-sql-parser that accept the query. */
function nodeSqlParsers(text: string): OtherParser[] {
  const folder = join(dirname(require.resolve('node-sql-parser/package.json')), 'build')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .map((file): OtherParser => {
      const { Parser } = require(join(folder, file)) as { Parser: new () => { astify(sql: string): unknown } }
      const parser = new Parser()
      return { name: file.replace('.js', ''), parse: (sql) => void parser.astify(sql) }
    })
    .filter((parser) => accepts(parser, text))
}

interface DtParser {
  validate(sql: string): unknown[]
  parse(sql: string): unknown
}

/** The dialects of dt-sql-parser that accept the query; its modules need a bundler. */
async function dtSqlParsers(text: string, folder: string): Promise<OtherParser[]> {
  const file = join(folder, 'dt-sql-parser.mjs')
  await build({
    input: require.resolve('dt-sql-parser'),
    output: { file, format: 'esm', codeSplitting: false },
    platform: 'node',
    logLevel: 'silent',
  })
  const exported = (await import(pathToFileURL(file).href)) as Record<string, new () => DtParser>
  return Object.entries(exported)
    .filter(([name]) => /^[A-Z]\w*SQL$/.test(name) && name !== 'BasicSQL')
    .map(([name, Dialect]) => {
      const parser = new Dialect()
      return { name, parser, parse: (sql: string) => void parser.parse(sql) }
    })
    .filter(({ parser }) => parser.validate(text).length === 0)
}

function accepts(parser: OtherParser, text: string): boolean {
  try {
    parser.parse(text)
    return true
  } catch {
    return false
  }
}

function fastest(parsers: readonly OtherParser[], text: string): OtherParser {
  let best: { parser: OtherParser; time: number } | null = null
  for (const parser of parsers) {
    const times = [0, 1, 2].map((round) => milliseconds(() => parser.parse(`${text}\n-- try ${round}`)))
    const time = Math.min(...times)
    if (best === null || time < best.time) best = { parser, time }
  }
  if (best === null) throw new Error('no dialect accepts the query')
  return best.parser
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
