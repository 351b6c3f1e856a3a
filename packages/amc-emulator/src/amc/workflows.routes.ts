import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { compile, schemaOf } from '../runs/compile.ts'
import {
  deleteWorkflow,
  findWorkflow,
  insertWorkflow,
  replaceWorkflow,
  workflowsAfter,
} from '../state/workflows.store.ts'
import { schedulesOf } from '../state/schedules.store.ts'
import type { Instance } from '../world/instance.ts'
import { alphabetical, sendDone, sendJson } from './answer.ts'
import { instanceOf } from './caller.ts'
import { requestBody, readDefinition } from './definition.ts'
import type { Definition } from './definition.ts'
import { limitOf, positionOf, queryOf, tokenOf } from './paging.ts'
import { Refusal } from './refusal.ts'

const path = '/amc/reporting/:instanceId/workflows'
const mediaType = 'application/vnd.amcworkflows.v1+json'

/** Stored workflows. They are compiled when they are written: bad SQL is refused here, unlike in an execution. */
export function workflowRoutes(app: FastifyInstance, ctx: Context): void {
  app.get(path, { config: { operation: 'listWorkflows' } }, async (request, reply) => {
    const instance = instanceOf(ctx, request)
    const query = queryOf(request.url)
    const limit = limitOf(query)
    const after = positionOf(query, String) ?? ''
    const found = workflowsAfter(ctx.db, instance.id, after, limit + 1)
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return sendJson(reply, mediaType, {
      workflows: page.map((one) => format(one.workflowId, one.definition)),
      ...(found.length > limit && last !== undefined ? { nextToken: tokenOf(last.workflowId) } : {}),
    })
  })

  app.post(path, { config: { operation: 'createWorkflow' } }, async (request, reply) => {
    const instance = instanceOf(ctx, request)
    const { workflowId, definition } = readWorkflow(request)
    demandCompiles(ctx, instance, workflowId, definition)
    if (!insertWorkflow(ctx.db, instance.id, workflowId, definition, ctx.now()))
      throw new Refusal(400, `Workflow with ID ${workflowId} already exists.`)
    return sendDone(reply)
  })

  app.get(`${path}/:workflowId`, { config: { operation: 'getWorkflow' } }, async (request, reply) => {
    const instance = instanceOf(ctx, request)
    const workflowId = idOf(request)
    const definition = findWorkflow(ctx.db, instance.id, workflowId)
    if (definition === null) throw unknownWorkflow(workflowId)
    const workflow = format(workflowId, definition)
    return sendJson(reply, mediaType, ctx.settings.wrapSingles ? { workflow } : workflow)
  })

  app.put(`${path}/:workflowId`, { config: { operation: 'updateWorkflow' } }, async (request, reply) => {
    const instance = instanceOf(ctx, request)
    const { workflowId, definition } = readWorkflow(request)
    if (workflowId !== idOf(request)) throw new Refusal(400, 'workflowId: differs from the workflow ID of the path')
    demandCompiles(ctx, instance, workflowId, definition)
    if (!replaceWorkflow(ctx.db, instance.id, workflowId, definition)) throw unknownWorkflow(workflowId)
    return sendDone(reply)
  })

  app.delete(`${path}/:workflowId`, { config: { operation: 'deleteWorkflow' } }, async (request, reply) => {
    const instance = instanceOf(ctx, request)
    if (schedulesOf(ctx.db, instance.id).some(({ schedule }) => schedule.workflowId === idOf(request)))
      throw new Refusal(400, `Workflow with ID ${idOf(request)} is used by a schedule and cannot be deleted`)
    if (!deleteWorkflow(ctx.db, instance.id, idOf(request))) throw unknownWorkflow(idOf(request))
    return sendDone(reply)
  })
}

function readWorkflow(request: FastifyRequest): { workflowId: string; definition: Definition } {
  const definition = readDefinition(requestBody(request.body))
  if (definition.workflowId === undefined) throw new Refusal(400, 'workflowId: must be given')
  return { workflowId: definition.workflowId, definition }
}

function demandCompiles(ctx: Context, instance: Instance, workflowId: string, definition: Definition): void {
  const compiled = compile(definition, schemaOf(ctx.schema, instance))
  if (!compiled.ok)
    throw new Refusal(
      400,
      `Was unable to compile workflow ${workflowId} because it was found to be invalid: ${compiled.reason}`,
    )
}

function format(workflowId: string, definition: Definition) {
  return alphabetical({ ...definition, workflowId })
}

function idOf(request: FastifyRequest): string {
  return (request.params as { workflowId: string }).workflowId
}

function unknownWorkflow(workflowId: string): Refusal {
  return new Refusal(404, `Workflow with ID ${workflowId} does not exist`)
}
