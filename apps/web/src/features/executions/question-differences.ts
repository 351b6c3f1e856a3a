import type { Execution } from '@recomamp/contracts'
import { valueInWords } from './value-words.ts'
import { windowState } from './window-state.ts'
import { executions } from '#messages/executions.ts'
import { windowInWords } from '#platform/words.ts'
import { lineDiff } from './line-diff.ts'

const t = executions.comparison

/** One thing that a question is made of, in both runs. */
export interface QuestionPart {
  /** Its name, or that of the parameter. */
  name: string
  isParameter: boolean
  before: string
  after: string
  isSame: boolean
  /** What the difference means, where more can be said than both sides. */
  note: string
}

/** All that decides an answer, side by side: the text, where and when it looked, with which values, and what was there to look at. */
export function questionParts(before: Execution, after: Execution): QuestionPart[] {
  const names = new Set([...Object.keys(before.values), ...Object.keys(after.values)])
  return [
    part(t.parts.query, before, after, (run) => `${run.workflow.name}, ${executions.version(run)}`, {
      isSame: before.template === after.template,
      note: textNote(before, after),
    }),
    part(t.parts.window, before, after, (run) => `${windowInWords(run.window)}, ${run.window.timeZone}`, {
      isSame: sameJson(before.window, after.window),
      note: windowNote(before, after),
    }),
    ...[...names].map((name) => ({
      ...part(name, before, after, (run) => valueOf(run, name), {
        isSame: sameJson(before.values[name] ?? null, after.values[name] ?? null),
        note: listNote(before.values[name], after.values[name]),
      }),
      isParameter: true,
    })),
    part(t.parts.instance, before, after, (run) => `${run.instance.name}, ${run.instance.amcInstanceId}`),
    part(t.parts.privacy, before, after, (run) => executions.privacy[run.privacyFilteringBehavior]),
    part(
      t.parts.schema,
      before,
      after,
      (run) => run.provenance.schemaSnapshot?.readAt ?? executions.request.facts.noSchema,
    ),
  ]
}

function part(
  name: string,
  before: Execution,
  after: Execution,
  wordsOf: (run: Execution) => string,
  told: { isSame?: boolean; note?: string } = {},
): QuestionPart {
  const [earlier, later] = [wordsOf(before), wordsOf(after)]
  const { isSame = earlier === later, note = '' } = told
  return { name, isParameter: false, before: earlier, after: later, isSame, note: isSame ? '' : note }
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function valueOf(run: Execution, name: string): string {
  const value = run.values[name]
  return value === undefined ? executions.valueColumns.none : valueInWords(value)
}

function textNote(before: Execution, after: Execution): string {
  return t.linesChanged(lineDiff(before.template, after.template).filter((line) => line.kind !== 'same').length)
}

function windowNote(before: Execution, after: Execution): string {
  const [first, second] = [before, after].map((run) => daysOf(run))
  const states = [before, after].map((run) => executions.settled[windowState(run)])
  const length = first === second ? t.sameDays(first ?? 0) : t.otherDays(first ?? 0, second ?? 0)
  return states[0] === states[1]
    ? t.sameState(length, states[0] ?? '')
    : t.otherState(length, states[0] ?? '', states[1] ?? '')
}

function daysOf({ window }: Execution): number {
  return Math.round((Date.parse(`${window.end}Z`) - Date.parse(`${window.start}Z`)) / 86_400_000)
}

/** Of two lists, what went and what came. */
function listNote(
  before: Execution['values'][string] | undefined,
  after: Execution['values'][string] | undefined,
): string {
  if (!Array.isArray(before) || !Array.isArray(after)) return ''
  const [earlier, later] = [new Set(before.map(String)), new Set(after.map(String))]
  const gone = [...earlier].filter((each) => !later.has(each))
  const come = [...later].filter((each) => !earlier.has(each))
  return [...gone.slice(0, 5).map((each) => `− ${each}`), ...come.slice(0, 5).map((each) => `+ ${each}`)]
    .concat(gone.length > 5 || come.length > 5 ? [t.andMore] : [])
    .join(', ')
}
