import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { analyze } from '@recomamp/amc-sql'
import { hints } from '@recomamp/amc-sql/hints'
import { milliseconds } from './timing.ts'

/** What a thread parses with: our language, or one dialect of another parser from a file. */
export type ParserName = { kind: 'ours' } | { kind: 'node' | 'dt'; name: string; file: string }

export interface OtherParser {
  /** Throws where it refuses the text. */
  parse(text: string): void
}

const require = createRequire(import.meta.url)

/** A dialect of node-sql-parser from its file. */
export function nodeSqlParser(file: string): OtherParser {
  const { Parser } = require(file) as { Parser: new () => { astify(sql: string): unknown } }
  const parser = new Parser()
  return { parse: (sql) => void parser.astify(sql) }
}

export interface DtParser {
  validate(sql: string): unknown[]
  parse(sql: string): unknown
}

/** The dialects of dt-sql-parser by name, from the file that a bundler made of it. */
export async function dtSqlParsers(file: string): Promise<ReadonlyMap<string, DtParser>> {
  const exported = (await import(pathToFileURL(file).href)) as Record<string, new () => DtParser>
  const dialects = Object.entries(exported).filter(([name]) => /^[A-Z]\w*SQL$/.test(name) && name !== 'BasicSQL')
  return new Map(dialects.map(([name, Dialect]) => [name, new Dialect()]))
}

function ours(): OtherParser {
  const schema = loadSchema()
  return {
    parse(text) {
      const { diagnostics } = analyze(text, schema, { hints })
      if (diagnostics.some(({ severity }) => severity === 'error')) throw new Error('the query has an error')
    },
  }
}

async function open(parser: ParserName): Promise<OtherParser> {
  if (parser.kind === 'ours') return ours()
  if (parser.kind === 'node') return nodeSqlParser(parser.file)
  const dialect = (await dtSqlParsers(parser.file)).get(parser.name)
  if (dialect === undefined) throw new Error(`there is no dialect ${parser.name}`)
  return { parse: (sql) => void dialect.parse(sql) }
}

// In a thread of its own: answers some texts with the milliseconds that each took.
if (parentPort !== null) {
  const port = parentPort
  const parser = await open(workerData as ParserName)
  port.on('message', (texts: string[]) => {
    const times = texts.map((text) => milliseconds(() => parser.parse(text)))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node has no origin
    port.postMessage(times)
  })
}
