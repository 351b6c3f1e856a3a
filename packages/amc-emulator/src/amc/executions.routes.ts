import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Context } from '../context.ts'
import type { Runner } from '../runs/runner.ts'
import { instantOf, isTimeZone } from '../runs/wall-time.ts'
import { utcWindow } from '../runs/window.ts'
import {
  changeExecution,
  deleteExecution,
  findExecution,
  insertExecution,
  listExecutions,
} from '../state/executions.store.ts'
import type { ExecutionRow, ListFilter } from '../state/executions.store.ts'
import { findWorkflow } from '../state/workflows.store.ts'
import { instanceOf } from './caller.ts'
import { jsonBody } from './definition.ts'
import { readExecution, readLocalTime } from './execution-request.ts'
import { formatExecution } from './format-execution.ts'
import { limitOf, positionOf, queryOf, tokenOf } from './paging.ts'
import { Refusal } from './refusal.ts'

const path = '/amc/reporting/:instanceId/workflowExecutions'
const mediaType = 'application/vnd.amcworkflowexecutions.v1+json'

/** Executions. Creation answers before anything is compiled; the runner carries on. */
export function executionRoutes(app: FastifyInstance, ctx: Context, runner: Runner): void {
  app.post(path, { config: { operation: 'createWorkflowExecution' } }, async (request, reply) => {
    const instance = instanceOf(ctx, request)
    const { workflowId, run } = readExecution(jsonBody(request.body), ctx.settings, (stored) =>
      findWorkflow(ctx.db, instance.id, stored),
    )
    const id = randomUUID()
    const now = ctx.now()
    const window = run.window.type === 'EXPLICIT' ? utcWindow(run.window, now) : null
    insertExecution(ctx.db, { id, instanceId: instance.id, workflowId, run, window, createdAt: now.getTime() })
    runner.accept(id, instance.id)
    return answerOne(ctx, reply, requireExecution(ctx, instance.id, id), false)
  })

  app.get(path, { config: { operation: 'listWorkflowExecutions' } }, async (request, reply) => {
    const instance = instanceOf(ctx, request)
    const query = queryOf(request.url)
    const filter = readFilter(query, instance.id)
    const found = listExecutions(ctx.db, { ...filter, limit: filter.limit + 1 })
    const page = found.slice(0, filter.limit)
    const last = page.at(-1)
    return reply.type(mediaType).send({
      executions: page.map((row) => formatExecution(row, query['includeWorkflow'] === 'true')),
      ...(found.length > filter.limit && last !== undefined ? { nextToken: tokenOf([last.createdAt, last.id]) } : {}),
    })
  })

  app.get(`${path}/:executionId`, { config: { operation: 'getWorkflowExecution' } }, async (request, reply) => {
    const row = requireExecution(ctx, instanceOf(ctx, request).id, idOf(request))
    return answerOne(ctx, reply, row, queryOf(request.url)['includeWorkflow'] === 'true')
  })

  app.put(`${path}/:executionId`, { config: { operation: 'updateWorkflowExecution' } }, async (request, reply) => {
    const row = requireExecution(ctx, instanceOf(ctx, request).id, idOf(request))
    if (!Cancellation.safeParse(jsonBody(request.body)).success)
      throw new Refusal(400, 'status: only CANCELLED can be set')
    cancel(ctx, runner, row)
    return reply.type(mediaType).send({})
  })

  app.delete(`${path}/:executionId`, { config: { operation: 'deleteWorkflowExecution' } }, async (request, reply) => {
    const row = requireExecution(ctx, instanceOf(ctx, request).id, idOf(request))
    cancel(ctx, runner, row)
    deleteExecution(ctx.db, row.id)
    return reply.type(mediaType).send({})
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
  return reply.type(mediaType).send(ctx.settings.wrapSingles ? { workflowExecution } : workflowExecution)
}

function readFilter(query: Readonly<Record<string, string>>, instanceId: string): ListFilter {
  const zone = query['timeZone'] ?? 'UTC'
  if (!isTimeZone(zone)) throw new Refusal(400, `timeZone: ${zone} is not a time zone of the TZ database`)
  const instant = (name: string) => {
    const text = query[name]
    return text === undefined ? null : instantOf(readLocalTime(name, text), zone)
  }
  const workflowId = query['workflowId'] ?? null
  const createdFrom = instant('minCreationTime')
  if (workflowId === null && createdFrom === null)
    throw new Refusal(400, 'Either workflowId or minCreationTime must be specified')
  return {
    instanceId,
    workflowId,
    createdFrom,
    createdTo: instant('maxCreationTime'),
    includeCancelled: query['includeCancelled'] === 'true',
    ascending: query['sortAscending'] === 'true',
    after: positionOf(query, (position) => {
      const [createdAt, id] = Position.parse(position)
      return { createdAt, id }
    }),
    limit: limitOf(query),
  }
}

const Position = z.tuple([z.number(), z.string()])
