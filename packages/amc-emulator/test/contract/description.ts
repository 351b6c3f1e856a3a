import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'

type Content = Record<string, string | object>

interface Operation {
  call: string
  answers: Record<string, string | { content?: Content }>
}

/** The description of Amazon's wire that the product keeps beside its own schemas: facts, each with its public source. */
const { operations, sharedAnswers } = read('operations') as {
  operations: Record<string, Operation>
  sharedAnswers: Record<string, { content: Content }>
}

// Properties that it does not name are welcome at Amazon, so only what is named is checked.
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
ajv.addSchema(read('schemas') as object, 'schemas')

export interface Answer {
  status: number
  /** The header as it came. */
  contentType: string | null
  headers: Headers
  text: string
  /** The body as JSON, null when it is none. */
  json: unknown
}

/** Every operation of the description with its method and path. */
export const calls = Object.entries(operations).map(([id, { call }]) => {
  const [method = '', path = ''] = call.split(' ')
  return { id, method, path }
})

/** What is wrong with an answer of an operation, by the description; empty when nothing is. */
export function faultsOf(operationId: string, answer: Answer): string[] {
  const described = operations[operationId]?.answers[answer.status]
  if (described === undefined) return [`${operationId} does not answer ${answer.status}: ${answer.text}`]
  const content = typeof described === 'string' ? sharedAnswers[described]?.content : described.content
  if (content === undefined || Object.keys(content).length === 0) return []
  const [mediaType] = Object.keys(content).filter((one) => one === answer.contentType?.replace('; charset=utf-8', ''))
  if (mediaType === undefined) return [`${operationId} ${answer.status} came as ${answer.contentType}`]
  const schema = content[mediaType]
  if (mediaType === 'text/html' || schema === undefined) return []
  const resolved = typeof schema === 'string' ? { $ref: `schemas#/$defs/${schema}` } : absolute(schema)
  const validate = ajv.compile(resolved)
  return validate(answer.json) ? [] : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`)
}

function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"schemas#/$defs/')) as object
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../amc-wire/openapi/${name}.json`, import.meta.url), 'utf8'))
}
