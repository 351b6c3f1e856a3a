import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { acceptRun } from '../runs/accept-run.ts'
import type { Runner } from '../runs/runner.ts'
import { changeExecution, deleteExecution, findExecution, listExecutions } from '../state/executions.store.ts'
import type { ExecutionRow } from '../state/executions.store.ts'
import { findWorkflow } from '../state/workflows.store.ts'
import { sendDone, sendJson } from './answer.ts'
import { instanceOf } from './caller.ts'
import { requestBody } from './definition.ts'
import { filterOf } from './execution-filter.ts'
import { readExecution } from './execution-request.ts'
import { formatExecution } from './format-execution.ts'
import { flagOf, limitOf, queryOf, tokenOf } from './paging.ts'
import { Refusal } from './refusal.ts'

const path = '/amc/reporting/:instanceId/workflowExecutions'
const mediaType = 'application/vnd.amcworkflowexecutions.v1+json'

/** Executions. Creation answers before anything is compiled; the runner carries on. */
export function executionRoutes(app: FastifyInstance, ctx: Context, runner: Runner): void {
  app.post(path, { config: { operation: 'createWorkflowExecution' } }, async (request, reply) => {
    const instance = instanceOf(ctx, request)
    const { workflowId, run } = readExecution(requestBody(request.body), ctx.settings, instance.bucketName, (stored) =>
      findWorkflow(ctx.db, instance.id, stored),
    )
    const id = acceptRun(ctx, runner, { instanceId: instance.id, workflowId, run })
    return answerOne(ctx, reply, requireExecution(ctx, instance.id, id), false)
  })

  app.get(path, { config: { operation: 'listWorkflowExecutions' } }, async (request, reply) => {
    const instance = instanceOf(ctx, request)
    const query = queryOf(request.url)
    const limit = limitOf(query)
    const filter = filterOf(query)
    const found = listExecutions(ctx.db, { ...filter, instanceId: instance.id, limit: limit + 1 })
    const page = found.slice(0, limit)
    const last = page.at(-1)
    const after = found.length > limit && last !== undefined ? { createdAt: last.createdAt, id: last.id } : null
    return sendJson(reply, mediaType, {
      executions: page.map((row) => formatExecution(row, flagOf(query, 'includeWorkflow'))),
      ...(after === null ? {} : { nextToken: tokenOf({ ...filter, after }) }),
    })
  })

  app.get(`${path}/:executionId`, { config: { operation: 'getWorkflowExecution' } }, async (request, reply) => {
    const row = requireExecution(ctx, instanceOf(ctx, request).id, idOf(request))
    return answerOne(ctx, reply, row, flagOf(queryOf(request.url), 'includeWorkflow'))
  })

  app.put(`${path}/:executionId`, { config: { operation: 'updateWorkflowExecution' } }, async (request, reply) => {
    const row = requireExecution(ctx, instanceOf(ctx, request).id, idOf(request))
    if (!Cancellation.safeParse(requestBody(request.body)).success)
      throw new Refusal(400, 'status: only CANCELLED can be set')
    cancel(ctx, runner, row)
    return sendDone(reply)
  })

  app.delete(`${path}/:executionId`, { config: { operation: 'deleteWorkflowExecution' } }, async (request, reply) => {
    const row = requireExecution(ctx, instanceOf(ctx, request).id, idOf(request))
    cancel(ctx, runner, row)
    deleteExecution(ctx.db, row.id)
    return sendJson(reply, mediaType, {})
  })
}

const Cancellation = z.object({ status: z.literal('CANCELLED') })

function cancel(ctx: Context, runner: Runner, row: ExecutionRow): void {
  const reason = 'Execution was cancelled by the user.'
  const change = { status: 'CANCELLED', statusReason: reason } as const
  if (!changeExecution(ctx.db, row.id, ['PENDING', 'RUNNING'], change, ctx.now()))
    throw new Refusal(400, `Workflow execution with ID ${row.id} has already ended with status ${row.status}.`)
  runner.stop(row.id)
}

/** The execution of the path; an unknown one was seen answered with 400, against the published 404. */
export function requireExecution(ctx: Context, instanceId: string, id: string): ExecutionRow {
  const row = findExecution(ctx.db, instanceId, id)
  if (row === null) throw new Refusal(400, `Workflow execution with ID ${id} does not exist.`)
  return row
}

function idOf(request: FastifyRequest): string {
  return (request.params as { executionId: string }).executionId
}

function answerOne(ctx: Context, reply: FastifyReply, row: ExecutionRow, includeWorkflow: boolean) {
  const workflowExecution = formatExecution(row, includeWorkflow)
  return sendJson(reply, mediaType, ctx.settings.wrapSingles ? { workflowExecution } : workflowExecution)
}
