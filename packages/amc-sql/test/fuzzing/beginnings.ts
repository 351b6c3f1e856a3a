import { readCorpus } from '../../corpus/read-corpus.ts'
import { parse, scan, type Schema } from '../../src/index.ts'
import { pick, type Choices } from '../generated/choices.ts'
import { generateQuery } from '../generated/queries.ts'
import { nodesOf } from './nodes.ts'

/** The texts that inputs are made from, and the tokens that they are made of. */
export interface Beginnings {
  /** Queries of the corpus without their heads of comments. */
  whole: readonly string[]
  /** The short ones, and the short queries inside the others: WITH parts, subqueries, branches. */
  short: readonly string[]
  /** The spelling of every token, as often as the corpus has it. */
  words: readonly string[]
  schema: Schema
}

/** Longest text that counts as short. */
const shortLength = 240

export function readBeginnings(schema: Schema): Beginnings {
  const whole = [...readCorpus('valid'), ...readCorpus('broken')].map(({ text }) => text.replace(/^(?:--.*\n)+/, ''))
  const inner = whole.flatMap((text) =>
    nodesOf(parse(text).query ?? {})
      .filter(({ node }) => node.kind === 'query' || node.kind === 'select')
      .map(({ node }) => text.slice(node.from, node.to)),
  )
  const short = new Set([...whole, ...inner].filter(({ length }) => length > 20 && length <= shortLength))
  const words = whole.flatMap((text) =>
    scan(text)
      .filter(({ kind }) => kind !== 'space')
      .map((token) => text.slice(token.from, token.to)),
  )
  return { whole, short: [...short], words, schema }
}

/** A short query: of the corpus, or one in ten times the beginning of a generated one. */
export function shortQuery(choices: Choices, { short, schema }: Beginnings): string {
  return choices.below(10) > 0 ? pick(choices, short) : generateQuery(choices, schema).slice(0, shortLength)
}

/** A query as an analyst writes it. */
export function wholeQuery(choices: Choices, { whole, schema }: Beginnings): string {
  return choices.below(3) > 0 ? pick(choices, whole) : generateQuery(choices, schema)
}
