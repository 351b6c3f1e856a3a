import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { hints } from '@recomamp/amc-sql/hints'
import { type Diagnostic, positionAt, type Range, type Schema } from '@recomamp/amc-sql'
import { locateInSent, readAmcError } from '@recomamp/amc-sql/amc-errors'
import { judgeAmcError } from '@recomamp/amc-sql/amc-judgement'
import {
  type ErrorReport,
  type Execution,
  type ExecutionId,
  Problem,
  type TextPlace,
  type WorkspaceId,
  bareName,
} from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { findingOf } from '#features/amc-copies/index.ts'
import { requireInstance } from '#features/instances/index.ts'
import { latestSnapshot, tablesOf } from '#features/live-schemas/index.ts'
import { knownMeaning } from './amc-failure.ts'
import { requireExecution } from './executions.rows.ts'
import { definitionOf, type SentRequest } from './sent-request.ts'
import { requireSentRequest } from './sent-request.store.ts'
import { showRequest } from './show-request.ts'

/** Why an execution failed: AMC's words with what they mean, their place in both texts, and what our own reading of the query adds. */
export async function reportError(ctx: Ctx, workspaceId: WorkspaceId, executionId: ExecutionId): Promise<ErrorReport> {
  const execution = await requireExecution(ctx.db, workspaceId, executionId)
  const sent = await requireSentRequest(ctx.db, workspaceId, executionId)
  const { target } = await requireInstance(ctx.db, workspaceId, execution.instance.id)
  return {
    ...explainFailure(execution, sent, await schemaOf(ctx, workspaceId, execution)),
    entityId: target.entityId,
    marketplaceId: target.marketplaceId,
    execution,
    request: await showRequest(ctx, workspaceId, executionId),
  }
}

/** What an instance could read when a run was asked for: the catalogue's tables, as far as they are known to be there. */
async function schemaOf(ctx: Ctx, workspaceId: WorkspaceId, execution: Execution): Promise<Schema> {
  const schema = loadSchema()
  const snapshot = await latestSnapshot(ctx.db, workspaceId, execution.instance.id, new Date(execution.requestedAt))
  if (snapshot === null) return schema
  const there = new Set((await tablesOf(ctx.db, workspaceId, snapshot)).map((table) => bareName(table.name)))
  return { tables: schema.tables.filter((table) => there.has(table.name)) }
}

type Explained = Omit<ErrorReport, 'entityId' | 'marketplaceId' | 'execution' | 'request'>

/** The part of a report that follows from the run and its failure alone; a Problem execution-not-failed where there is none. */
export function explainFailure(
  { failure, template, sqlSent }: Pick<Execution, 'failure' | 'template' | 'sqlSent'>,
  sent: SentRequest,
  schema: Schema,
): Explained {
  if (failure === null) throw new Problem('execution-not-failed')
  const { amcMessage, explanation } = failure
  const reading = amcMessage === null ? null : readAmcError(amcMessage)
  const judged =
    amcMessage === null
      ? { same: null, errors: [], fixes: [] }
      : judgeAmcError(amcMessage, {
          template,
          sqlQuery: sqlSent,
          sourceMap: sent.sourceMap,
          schema,
          customParameters: (definitionOf(sent)?.inputParameters ?? []).map(({ name, dataType }) => ({
            name,
            dataType,
          })),
          hints,
        })
  const { same } = judged
  // AMC's own place counts before ours; a rule of AMC without a place has the one that we find.
  const place = failure.place ?? same
  const sentRange = reading === null ? null : locateInSent(reading, sqlSent)
  const isKnown = knownMeaning(amcMessage) !== null
  return {
    title: explanation?.title ?? failure.message,
    what: `${failure.message}.`,
    why: !isKnown && same !== null ? `${same.message}.` : (explanation?.cause ?? ''),
    next: !isKnown && same?.help !== undefined ? `${same.help}.` : (explanation?.nextStep ?? ''),
    where: {
      template: place === null ? null : placeIn(template, place),
      sent: sentRange === null ? null : placeIn(sqlSent, sentRange),
      isCertain: reading === null || reading.place !== null || same !== null,
    },
    amcMessage,
    amcRequestId: failure.amcRequestId,
    corrections: judged.fixes.map(({ title, edits }) => ({ title, edits: edits.map((edit) => ({ ...edit })) })),
    findings: judged.errors.filter((one) => !isSame(one, same)).map((one) => findingOf(template, one)),
  }
}

function isSame(one: Diagnostic, other: Diagnostic | null): boolean {
  return other !== null && one.code === other.code && one.from === other.from && one.to === other.to
}

function placeIn(text: string, { from, to }: Range): TextPlace {
  const begin = positionAt(text, from)
  const end = positionAt(text, Math.max(from, to - 1))
  return { from, to, ...begin, toLine: end.line, toColumn: end.column }
}
