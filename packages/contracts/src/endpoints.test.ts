import { expect, test } from 'vitest'
import { z } from 'zod'
import * as api from './index.ts'

const endpoints = Object.values<unknown>(api).filter(isEndpoint)

test('S-023: params, query and body of every endpoint refuse fields that they do not know, however deep', () => {
  const loose = endpoints.flatMap((endpoint) =>
    (['params', 'query', 'body'] as const).flatMap((part) => {
      const schema = endpoint[part]
      return schema === undefined
        ? []
        : objectsOf(schema, 'input')
            .filter(isLoose)
            .map(() => `${endpoint.path} ${part}`)
    }),
  )
  expect(endpoints.length).toBeGreaterThan(80)
  expect(loose).toEqual([])
})

test('S-180: answers have one naming style', () => {
  const names = endpoints.flatMap(({ ok }) =>
    objectsOf(ok.body, 'output').flatMap((one) => Object.keys(one.properties)),
  )
  expect(names.filter((name) => !/^[a-z][A-Za-z0-9]*$/.test(name))).toEqual([])
})

test('S-121: login and renewal count against the strict allowance, what a page asks for again and again against the wide one', () => {
  const limitOf = ({ limit }: api.Endpoint) => limit ?? 'ordinary'
  expect([api.login, api.refreshSession].map(limitOf)).toEqual(['sign-in', 'sign-in'])
  expect([api.keepDraft, api.getResults, api.getExecutionStatus].map(limitOf)).toEqual(Array(3).fill('frequent'))
  expect([api.listWorkflows, api.executeWorkflow].map(limitOf)).toEqual(['ordinary', 'ordinary'])
})

interface ObjectSchema {
  properties: Record<string, unknown>
  additionalProperties?: unknown
}

function isLoose({ additionalProperties }: ObjectSchema): boolean {
  return additionalProperties !== false
}

/** Every object with named fields in a schema. */
function objectsOf(schema: z.ZodType, io: 'input' | 'output'): ObjectSchema[] {
  const found: ObjectSchema[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('type' in value && value.type === 'object' && 'properties' in value) found.push(value as ObjectSchema)
    Object.values(value).forEach(visit)
  }
  visit(z.toJSONSchema(schema, { io, unrepresentable: 'any' }))
  return found
}

function isEndpoint(value: unknown): value is api.Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value
}
