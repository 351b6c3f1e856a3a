import { expect, test } from 'vitest'
import { mutatedBody } from './mutate.ts'
import { createRandom } from './random.ts'

const body = JSON.stringify({
  executions: [
    { workflowExecutionId: 'a', status: 'RUNNING', outputColumns: [{ name: 'x', dataType: 'LONG' }] },
    { workflowExecutionId: 'b', status: 'PENDING', parameterValues: {} },
  ],
})

test('the same seed gives the same bodies, and nearly all differ from the true one', () => {
  const bodiesOf = (seed: number) => {
    const random = createRandom(seed)
    return Array.from({ length: 500 }, () => mutatedBody(body, random))
  }
  const bodies = bodiesOf(7)
  expect(bodiesOf(7)).toEqual(bodies)
  expect(new Set(bodies).size).toBeGreaterThan(60)
  expect(bodies.filter((one) => one !== body).length).toBeGreaterThan(490)
})

test('no mutation claims an end that the true body does not have', () => {
  const random = createRandom(3)
  for (let round = 0; round < 2000; round += 1)
    expect(mutatedBody(body, random)).not.toMatch(/SUCCEEDED|FAILED|CANCELLED|REJECTED/)
})

test('a body that is no JSON is cut', () => {
  const random = createRandom(1)
  for (let round = 0; round < 200; round += 1) expect(() => mutatedBody('no JSON', random)).not.toThrow()
})
