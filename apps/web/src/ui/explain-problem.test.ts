import { Problem, problemTypes, type ProblemType } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { Unreachable } from '#platform/http.ts'
import { explain } from './explain-problem.ts'

const types = Object.keys(problemTypes) as ProblemType[]

test.each(types)('S-185 S-187: %s says what happened, why, and the next step', (type) => {
  const told = explain(new Problem(type, 'The reason of this one case', { extensions: { requestId: 'R1' } }))
  expect(told.title).toBe(problemTypes[type].title)
  expect(told.detail).toBe('The reason of this one case')
  expect(told.next).toMatch(/^[A-Z].{10,}\.$/)
  expect(told.requestId).toBe('R1')
})

test('what is no problem of the API is told in the same form', () => {
  expect(explain(new Unreachable(new Error('x')))).toMatchObject({ requestId: null })
  expect(explain(new Error('x')).title).not.toBe('')
  const fields = explain(new Problem('input-invalid', undefined, { errors: [{ path: 'name', message: 'is missing' }] }))
  expect(fields.detail).toBe('name: is missing')
})
