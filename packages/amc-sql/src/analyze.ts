import type { Diagnostic, Fix } from './diagnostic.ts'
import { Lineage } from './lineage/lineage.ts'
import { defaultDialect, type AnalyzeOptions } from './options.ts'
import { outputColumns, type OutputColumn } from './output.ts'
import { read } from './read.ts'
import type { Resolution } from './resolve/resolution.ts'
import { RuleContext } from './rules/rule.ts'
import { refusals } from './rules/refusals.ts'
import type { Token } from './scan.ts'
import type { Schema } from './schema.ts'
import { switchOff, type SwitchedOff } from './switched-off.ts'
import type { ParameterUse, Query } from './tree.ts'

/** All that is known of a text. */
export interface Analysis {
  text: string
  query: Query | null
  tokens: Token[]
  /** In the order of the text. */
  diagnostics: Diagnostic[]
  /** What comments in the text switched off. */
  switchedOff: SwitchedOff[]
  parameterUses: ParameterUse[]
  output: OutputColumn[]
  /** Source tables by name, in the order of their first use. */
  tables: string[]
  audience: boolean
  resolution: Resolution
  lineage: Lineage
}

/** Parses, resolves and checks a text; never throws, and every finding has its place in the text. */
export function analyze(text: string, schema: Schema, options: AnalyzeOptions = {}): Analysis {
  return examine(text, schema, options).analysis
}

/** The analysis with the findings of the privacy rules apart, which a sandbox with its controls off does not have. */
export function examine(
  text: string,
  schema: Schema,
  options: AnalyzeOptions,
): { analysis: Analysis; privacyCodes: ReadonlySet<string> } {
  const {
    query,
    tokens,
    diagnostics: found,
    parameterUses,
    resolution,
  } = read(text, schema, {
    placeholders: options.placeholders ?? true,
    customParameters: options.customParameters ?? [],
  })
  const lineage = new Lineage(resolution)
  const output = resolution.query === null ? [] : outputColumns(resolution.query.relation)
  const audience = options.audience ?? isAudience(resolution, output)
  if (options.dialect?.undocumented === 'refuse')
    for (const one of found) if (one.code === 'unsupported') one.severity = 'error'
  if (query !== null) {
    const declared = options.declared
    const context = new RuleContext({
      text,
      schema,
      query,
      resolution,
      lineage,
      tokens,
      dialect: { ...defaultDialect, ...options.dialect },
      menders: options.hints?.menders ?? {},
      run: options.run ?? null,
      customParameters: options.customParameters ?? null,
      parameterUses,
      declared: declared === undefined ? null : new Map(declared.map((one) => [one.name, one])),
      // What AMC lacks is read all the same, so that it leaves nothing unfinished.
      broken: found.some(({ code, severity }) => code !== 'unsupported' && severity === 'error'),
      audience,
    })
    for (const rule of [...refusals, ...(options.hints?.rules ?? [])])
      rule.check(context, (range, { severity = rule.severity, ...finding }) => {
        const { fixes, ...words } = finding
        const diagnostic: Diagnostic = { code: rule.code, severity, ...words, from: range.from, to: range.to }
        // In a text with errors clauses can stand inside each other, and so would the edits of a fix.
        if (fixes !== undefined) diagnostic.fixes = context.broken ? fixes.filter(isOrderly) : fixes
        found.push(diagnostic)
      })
  }
  const judged = switchOff(text, tokens, withoutEchoes(found))
  const diagnostics = judged.diagnostics.toSorted((a, b) => a.from - b.from || a.to - b.to)
  const tables = [...resolution.tables.keys()]
  const analysis: Analysis = {
    text,
    query,
    tokens,
    diagnostics,
    switchedOff: judged.switchedOff,
    parameterUses,
    output,
    tables,
    audience,
    resolution,
    lineage,
  }
  return { analysis, privacyCodes }
}

/** Without unknown names where the grammar stumbled: what stands there is out of its place, whatever it is called. */
function withoutEchoes(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const stumbles = new Set(found.flatMap(({ code, from }) => (code === 'syntax' ? [from] : [])))
  return stumbles.size === 0 ? found : found.filter(({ code, from }) => code !== 'AMC009' || !stumbles.has(from))
}

/** True where the edits of a fix leave each other alone. */
function isOrderly({ edits }: Fix): boolean {
  const sorted = edits.toSorted((a, b) => a.from - b.from || a.to - b.to)
  return sorted.every((edit, at) => at === 0 || (sorted[at - 1]?.to ?? 0) <= edit.from)
}

const privacyCodes: ReadonlySet<string> = new Set(
  refusals.flatMap((rule) => (rule.privacy === true ? [rule.code] : [])),
)

/** A text that reads a table for audiences and whose output is user_id. */
function isAudience({ tables }: Resolution, output: readonly OutputColumn[]): boolean {
  const [first] = output
  const onlyUserId = output.length === 1 && first?.name.toLowerCase() === 'user_id'
  return onlyUserId && [...tables.values()].some((table) => table.audience)
}
