import { analyze, parse, scan } from '@recomamp/amc-sql'
import { amcText } from '@recomamp/amc-sql/amc-errors'
import type { CustomParameter, Diagnostic, OutputColumn, ParameterValues, Schema, Table } from '@recomamp/amc-sql'
import type { LocalQuery } from '@recomamp/amc-local'
import type { Definition } from '../amc/definition.ts'
import { advertiserTypesOf } from '../world/instance.ts'
import type { Instance } from '../world/instance.ts'

/** A query that the engine can take, or why AMC would not compile it, in AMC's words. */
export type Compiled =
  | { ok: true; query: Omit<LocalQuery, 'window'>; output: readonly OutputColumn[] }
  | { ok: false; reason: string }

/** What only an execution adds to a workflow. */
export interface RunValues {
  parameterValues: ParameterValues
  /** False lets rows below their threshold through, which only synthetic data allows. */
  aggregationControls: boolean
}

/** Compiles a workflow as AMC does; with `run` every declared parameter must have a value. */
export function compile(definition: Definition, schema: Schema, run?: RunValues): Compiled {
  const sql = definition.sqlQuery
  if (sql === undefined)
    return { ok: false, reason: 'Workflows that are defined by operations can no longer be executed' }
  const customParameters = (definition.inputParameters ?? []).map(customParameter)
  const double = firstDouble(customParameters.map((parameter) => parameter.name))
  if (double !== null) return { ok: false, reason: `The workflow parameter ${double} is defined multiple times` }
  const syntax = parse(sql, { placeholders: false }).diagnostics
  if (syntax.some(isError)) return { ok: false, reason: reasonOf(sql, syntax) }
  const analysis = analyze(sql, schema, { customParameters, dialect: { unknownTables: 'refuse' } })
  // Without aggregation controls the engine judges the query, since its privacy rules are off then.
  if (run?.aggregationControls !== false && analysis.diagnostics.some(isError))
    return { ok: false, reason: reasonOf(sql, analysis.diagnostics) }
  const undeclared = undeclaredParameter(sql, new Set(customParameters.map((parameter) => parameter.name)))
  if (undeclared !== null)
    return {
      ok: false,
      reason: `Filter operation filter_operation referenced an undeclared parameter ${undeclared}.`,
    }
  const mismatch = declaredOtherwise(definition, analysis.output)
  if (mismatch !== null) return { ok: false, reason: mismatch }
  const missing = run === undefined ? undefined : customParameters.find((one) => !hasValue(one, run.parameterValues))
  if (missing !== undefined)
    return { ok: false, reason: `The workflow parameter ${missing.name} has no value and no default value` }
  return {
    ok: true,
    query: {
      sql,
      customParameters,
      parameterValues: run?.parameterValues ?? {},
      privacy: run?.aggregationControls === false ? null : privacyOf(definition),
    },
    output: analysis.output,
  }
}

/**
 * The tables of an instance: those with only sponsored ads lack Amazon DSP's, those without a subscription the paid ones, whose
 * twins for audiences need none (guides paid-features-overview, amazon_retail_purchase_paid).
 */
export function schemaOf(schema: Schema, instance: Instance): Schema {
  const lacksDsp = instance.type === 'STANDARD' && !advertiserTypesOf(instance).includes('DISPLAY')
  const isLacking = (table: Table): boolean =>
    (lacksDsp && table.name.startsWith('dsp_')) ||
    (!instance.paidFeatures && table.category === 'Paid features' && !table.audience)
  return { tables: schema.tables.filter((table) => !isLacking(table)) }
}

/** The first error in AMC's words, framed by its place where AMC's front end names one. */
export function reasonOf(sql: string, diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(isError)
  // Calcite looks at the tables first and tells one error only; AMC's privacy rules come after it.
  const error = errors.find((one) => one.amc?.startsWith("Object '")) ?? errors.find((one) => one.amc) ?? errors[0]
  return error === undefined ? 'SQL query was invalid' : amcText(error, sql)
}

function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === 'error' && diagnostic.ours !== true
}

function customParameter(declared: NonNullable<Definition['inputParameters']>[number]): CustomParameter {
  const { name, dataType, columnType, defaultValue } = declared
  return {
    name,
    dataType,
    ...(columnType === undefined ? {} : { columnType }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
  }
}

function hasValue(parameter: CustomParameter, values: ParameterValues): boolean {
  return Object.hasOwn(values, parameter.name) || parameter.defaultValue !== undefined
}

/** The first name in a `CUSTOM_PARAMETER('name')` that the workflow does not declare. */
function undeclaredParameter(sql: string, declared: ReadonlySet<string>): string | null {
  const tokens = scan(sql, { placeholders: false }).filter(({ kind }) => kind !== 'space' && kind !== 'comment')
  for (const [at, token] of tokens.entries()) {
    const name = tokens[at + 2]
    if (token.word !== 'CUSTOM_PARAMETER' || tokens[at + 1]?.word !== '(' || name?.kind !== 'string') continue
    const written = sql.slice(name.from + 1, name.to - 1).replaceAll("''", "'")
    if (!declared.has(written)) return written
  }
  return null
}

function firstDouble(names: readonly string[]): string | null {
  return names.find((name, at) => names.indexOf(name) !== at) ?? null
}

/** Compilation fails when the query produces anything else than `outputColumns` declares (guide create-workflow). */
function declaredOtherwise(definition: Definition, output: readonly OutputColumn[]): string | null {
  const declared = definition.outputColumns?.map((column) => column.name.toLowerCase())
  if (declared === undefined) return null
  const produced = output.map((column) => column.name.toLowerCase())
  if (declared.join('\n') === produced.join('\n')) return null
  return `Output columns [${produced.join(', ')}] do not match the declared output columns [${declared.join(', ')}]`
}

/** Naming the discriminator column asks for blanked values by itself (guide create-workflow). */
function privacyOf(definition: Definition): NonNullable<LocalQuery['privacy']> {
  const discriminatorColumn = definition.filteredMetricsDiscriminatorColumn
  const userCountColumn = definition.distinctUserCountColumn
  const reasonColumn = definition.filteredReasonColumn
  return {
    behavior:
      definition.privacyFilteringBehavior ?? (discriminatorColumn === undefined ? 'REMOVE_ROWS' : 'REMOVE_VALUES'),
    ...(discriminatorColumn === undefined ? {} : { discriminatorColumn }),
    ...(userCountColumn === undefined ? {} : { userCountColumn }),
    ...(reasonColumn === undefined ? {} : { reasonColumn }),
  }
}
