import { ExecutionId, Problem, getResults, listExecutions } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { Unreachable, addressOf, createCall, readProblem } from './http.ts'
import { createTokens } from './tokens.ts'

const tokens = createTokens({ refresh: () => Promise.resolve({ accessToken: 't', expiresIn: 900, workspaceId: 'w' }) })

test('an address has its parameters escaped and leaves out what is undefined', () => {
  expect(addressOf('/api/x/:id/y', { id: 'a/b' }, { limit: 25, cursor: undefined })).toBe('/api/x/a%2Fb/y?limit=25')
  expect(() => addressOf('/api/x/:id', {}, undefined)).toThrow('id')
})

test('a problem is rebuilt with its type, fields, request id and extensions', async () => {
  const problem = await readProblem(
    Response.json(
      {
        type: '/problems/query-refused',
        title: 'x',
        status: 422,
        detail: 'no',
        requestId: 'r1',
        errors: [{ path: 'a', message: 'b' }],
        findings: [1],
      },
      { status: 422 },
    ),
  )
  expect(problem).toMatchObject({
    type: 'query-refused',
    status: 422,
    message: 'no',
    errors: [{ path: 'a', message: 'b' }],
  })
  expect(problem.extensions).toEqual({ requestId: 'r1', findings: [1] })
})

test("a proxy's page is an unexpected problem, and no answer at all is told apart", async () => {
  const call = (answer: () => Promise<Response>) => createCall({ tokens, fetch: answer })(listExecutions, {})
  await expect(call(() => Promise.resolve(new Response('<h1>Hm</h1>', { status: 500 })))).rejects.toThrow(Problem)
  await expect(call(() => Promise.resolve(new Response('<h1>502</h1>', { status: 502 })))).rejects.toThrow(Unreachable)
  await expect(call(() => Promise.reject(new TypeError('network')))).rejects.toThrow(Unreachable)
  await expect(call(() => Promise.resolve(new Response('{"items":')))).rejects.toThrow(Unreachable)
})

test('an answer of another shape than the contract is refused', async () => {
  const call = createCall({ tokens, fetch: () => Promise.resolve(Response.json({ rows: 3 })) })
  const executionId = ExecutionId.parse('0b0e7a52-6d0b-4d6e-9d0e-000000000001')
  await expect(call(getResults, { params: { executionId } })).rejects.toThrow(/columns/)
})
