import { type AmcObject, amcText, readAmcError } from './amc-errors.ts'
import { analyze } from './analyze.ts'
import type { Diagnostic, Edit, Fix } from './diagnostic.ts'
import type { CustomParameter } from './resolve/custom-parameter.ts'
import { nearestName } from './resolve/nearest.ts'
import type { Hints } from './rules/rule.ts'
import { scan } from './scan.ts'
import type { Schema } from './schema.ts'
import { type SourceMap, toTemplateRange } from './source-map.ts'

/** A run that AMC refused, with what its instance has. */
export interface RefusedRun {
  template: string
  sqlQuery: string
  sourceMap: SourceMap
  schema: Schema
  customParameters?: readonly CustomParameter[]
  hints?: Hints | undefined
}

/** What our own reading of a query adds to AMC's words about it. All places are those of the template. */
export interface Judgement {
  /** Our finding that says the same as AMC; null where AMC sees what we do not. */
  same: Diagnostic | null
  /** Every error that we find: AMC tells one at a time. */
  errors: Diagnostic[]
  /** Ways to mend what AMC refused, the best one first. */
  fixes: Fix[]
}

/** Reads a refused query again: finds what AMC means, what else is wrong, and how it is mended. */
export function judgeAmcError(message: string, run: RefusedRun): Judgement {
  const { sqlQuery, sourceMap, schema, customParameters = [], hints } = run
  const reading = readAmcError(message)
  const { diagnostics } = analyze(sqlQuery, schema, {
    customParameters,
    placeholders: false,
    dialect: { unknownTables: 'refuse' },
    ...(hints === undefined ? {} : { hints }),
  })
  const errors = diagnostics.filter(({ severity, ours }) => severity === 'error' && ours !== true)
  const said = errors.filter((one) => {
    const { text, object } = readAmcError(amcText(one, sqlQuery))
    // Two versions of AMC's front end end the same sentence otherwise: what it names tells enough.
    const isNamed = object !== null && object.kind === reading.object?.kind && object.name === reading.object.name
    return isNamed || text === reading.text
  })
  const found = said.find((one) => amcText(one, sqlQuery).includes(placeWords(reading.place))) ?? said[0] ?? null
  const fixes = (found?.fixes ?? []).flatMap((fix) => inTemplate(fix, sourceMap) ?? [])
  const near = fixes.length === 0 && reading.object !== null ? nearestFix(reading.object, run) : null
  const moved = (one: Diagnostic): Diagnostic => {
    const { fixes: _, ...rest } = one
    return { ...rest, ...toTemplateRange(sourceMap, one) }
  }
  return {
    same: found === null ? null : moved(found),
    errors: errors.map(moved),
    fixes: near === null ? fixes : [near],
  }
}

function placeWords(place: ReturnType<typeof readAmcError>['place']): string {
  return place === null ? '' : `line ${place.fromLine}, column ${place.fromColumn}`
}

/** A fix of the sent text as one of the template; null where it would change a filled value. */
function inTemplate(fix: Fix, sourceMap: SourceMap): Fix | null {
  const isFilled = ({ from, to }: Edit) =>
    sourceMap.fills.some(({ sent }) => from < sent.to && sent.from < Math.max(to, from + 1))
  if (fix.edits.some(isFilled)) return null
  return { ...fix, edits: fix.edits.map((edit) => ({ ...edit, ...toTemplateRange(sourceMap, edit) })) }
}

/** What AMC says is not there, in the name of what is there and nearly called like it. */
function nearestFix({ kind, name }: AmcObject, { template, schema }: RefusedRun): Fix | null {
  if (kind === 'parameter') return null
  const wrong = name.toLowerCase()
  const written = scan(template).filter(({ kind }) => kind === 'name')
  const wordOf = ({ from, to }: { from: number; to: number }) => template.slice(from, to).toLowerCase()
  const words = new Set(written.map(wordOf))
  const names =
    kind === 'table'
      ? schema.tables.map((table) => table.name)
      : schema.tables.filter((table) => words.has(table.name)).flatMap((table) => table.columns.map((one) => one.name))
  const near = nearestName(
    wrong,
    names.filter((one) => one !== wrong),
  )
  const edits = written.filter((token) => wordOf(token) === wrong)
  if (near === null || edits.length === 0) return null
  // What stands there has another name at AMC; whether that is the one that is meant, a person decides.
  return {
    title: `Write ${near}`,
    edits: edits.map(({ from, to }) => ({ from, to, text: near })),
    suggestion: true,
  }
}
