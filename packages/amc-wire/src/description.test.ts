import { readFileSync, readdirSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'))

interface Operation {
  call: string
  request?: string
  answers: Record<string, string | { content?: Record<string, string | object> }>
}
const { operations, sharedAnswers } = read('openapi/operations.json') as {
  operations: Record<string, Operation>
  sharedAnswers: Record<string, { content: Record<string, string | object> }>
}
const { $defs } = read('openapi/schemas.json') as { $defs: Record<string, object> }

const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema(read('openapi/schemas.json') as object, 'schemas')

test('every schema that an operation names is there and can be compiled', () => {
  const named = JSON.stringify([operations, sharedAnswers]).matchAll(/"(?:request|application\/[\w.+-]+)":"(\w+)"/g)
  for (const [, name = ''] of named) expect(Object.keys($defs)).toContain(name)
  for (const name of Object.keys($defs)) expect(() => ajv.compile({ $ref: `schemas#/$defs/${name}` })).not.toThrow()
})

describe('fixtures agree with the description', () => {
  const folder = new URL('../fixtures/', import.meta.url)
  // Wrapped as published, where the description has what was recorded.
  const files = readdirSync(folder).filter((file) => !file.endsWith('-wrapped.json'))
  test.each(files)('%s', (file) => {
    const { call, status, body } = read(`fixtures/${file}`) as {
      call: string
      status: number
      body: unknown
    }
    const operation = Object.values(operations).find((one) => one.call === call.split('?')[0])
    const answer = operation?.answers[status]
    const content = typeof answer === 'string' ? sharedAnswers[answer]?.content : answer?.content
    const [schema] = Object.values(content ?? {})
    expect(schema, `${call} ${status}`).toBeDefined()
    const validate = ajv.compile(typeof schema === 'string' ? { $ref: `schemas#/$defs/${schema}` } : (schema ?? {}))
    expect(validate(body) || validate.errors).toBe(true)
  })
})
