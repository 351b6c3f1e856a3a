import { createHash } from 'node:crypto'
import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { compileCopy } from '@recomamp/amc-sql/conversion'
import {
  type Diagnostic,
  type ParameterDeclaration,
  positionAt,
  type RunPrivacy,
  type SourceMap,
} from '@recomamp/amc-sql'
import { InlineWorkflowSent } from '@recomamp/amc-wire'
import { type PrivacyFilteringBehavior, Problem, type QueryFinding, type WorkflowContent } from '@recomamp/contracts'
import type { z } from 'zod'

/** What AMC keeps of a query, apart from its id. Equal hashes mean equal copies. */
export interface CopyDefinition {
  definition: InlineWorkflowSent
  hash: string
  sourceMap: SourceMap
}

/** A text as AMC can keep it, or every finding that stands against that. */
export function compileDefinition(
  { sqlQuery: template, parameters }: Pick<WorkflowContent, 'sqlQuery' | 'parameters'>,
  privacyFilteringBehavior: PrivacyFilteringBehavior,
): ({ ok: true } & CopyDefinition) | { ok: false; diagnostics: readonly Diagnostic[] } {
  const declarations = parameters.map(declarationOf)
  const copy = compileCopy({ template, declarations, schema: loadSchema(), privacyFilteringBehavior })
  if (!copy.ok) return copy
  const definition = InlineWorkflowSent.parse({
    sqlQuery: copy.sqlQuery,
    ...(copy.inputParameters.length > 0 && { inputParameters: copy.inputParameters }),
    ...privacyFields(copy.privacy),
  })
  // The order of the fields follows from this function alone.
  const hash = createHash('sha256').update(JSON.stringify(definition)).digest('hex')
  return { ok: true, definition, hash, sourceMap: copy.sourceMap }
}

/** The same declaration: what is absent from JSON is absent here too. */
export function declarationOf(declared: WorkflowContent['parameters'][number]): ParameterDeclaration {
  const { default: value, description, ...rest } = declared
  return {
    ...rest,
    ...(value === undefined ? {} : { default: value }),
    ...(description === undefined ? {} : { description }),
  }
}

/** Asks AMC to say in three columns of its own what it blanked, where it blanks values instead of dropping rows. */
export function privacyFields(privacy: RunPrivacy) {
  if (privacy.behavior === 'REMOVE_ROWS') return { privacyFilteringBehavior: privacy.behavior }
  return {
    privacyFilteringBehavior: privacy.behavior,
    filteredMetricsDiscriminatorColumn: privacy.discriminatorColumn,
    distinctUserCountColumn: privacy.userCountColumn,
    filteredReasonColumn: privacy.reasonColumn,
  }
}

/** What was found in a text, with its place in lines and columns. */
export function findingOf(template: string, diagnostic: Diagnostic): z.infer<typeof QueryFinding> {
  const { code, severity, message, from, to } = diagnostic
  return { code, severity, message, from, to, ...positionAt(template, from) }
}

/** The refusal of a copy, with every finding at its place in the text. */
export function copyImpossible(template: string, diagnostics: readonly Diagnostic[]): Problem {
  const findings = diagnostics.map((diagnostic) => findingOf(template, diagnostic))
  const words = findings.map(({ line, column, message }) => `Line ${line}, column ${column}: ${message}`)
  return new Problem('copy-impossible', `${words.join('. ')}. It still runs: it is then sent as a whole`, {
    errors: findings.map(({ message }) => ({ path: 'sqlQuery', message })),
    extensions: { findings },
  })
}
