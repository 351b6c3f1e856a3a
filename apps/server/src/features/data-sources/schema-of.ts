import { schemaOf as tablesOf } from '@recomamp/amc-catalogue/schema'
import type { Schema } from '@recomamp/amc-sql'
import { getSchema } from '@recomamp/contracts'
import { type WrittenAnswer, writtenAnswer } from '#platform/http/answer-once.ts'
import type { Sources } from './sources.ts'

const known = new WeakMap<Sources, Schema>()

/** The tables that a query may name, as the language takes them; made once for each state of the sources. */
export function schemaOf(sources: Sources): Schema {
  const schema = known.get(sources) ?? tablesOf(sources.all)
  known.set(sources, schema)
  return schema
}

const written = new WeakMap<Sources, WrittenAnswer>()

/** The same as it is sent. */
export function writtenSchema(sources: Sources): WrittenAnswer {
  const answer = written.get(sources) ?? writtenAnswer(getSchema.ok.body.parse(schemaOf(sources)))
  written.set(sources, answer)
  return answer
}
