import type { ParameterDeclaration, WorkflowContent } from '@recomamp/contracts'
import { mergeTexts } from './merge-texts.ts'
import { sameDeclaration } from './same-content.ts'

/** Brings two changed contents together over the one that both began from: the texts line by line, the rest one by one. */
export function mergeContents(base: WorkflowContent, mine: WorkflowContent, theirs: WorkflowContent): WorkflowContent {
  const { text } = mergeTexts(base.sqlQuery, mine.sqlQuery, theirs.sqlQuery)
  return { ...mergeFields(base, mine, theirs), sqlQuery: text }
}

/** The same for name, declarations and values. What only one side changed is taken from it; where both changed the same, mine stands. */
export function mergeFields(
  base: WorkflowContent,
  mine: WorkflowContent,
  theirs: WorkflowContent,
): Omit<WorkflowContent, 'sqlQuery'> {
  const byName = (of: WorkflowContent) => new Map(of.parameters.map((each) => [each.name, each]))
  const parameters = mergeEntries<ParameterDeclaration>(byName(base), byName(mine), byName(theirs), sameDeclaration)
  const values = mergeEntries(...([base, mine, theirs].map(valuesOf) as [Values, Values, Values]), sameValue)
  return {
    name: mine.name === base.name ? theirs.name : mine.name,
    parameters: [...parameters.values()],
    values: Object.fromEntries(values),
  }
}

type Value = WorkflowContent['values'][string]
type Values = ReadonlyMap<string, Value>

function valuesOf({ values }: WorkflowContent): Values {
  return new Map(Object.entries(values))
}

function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function mergeEntries<T>(
  base: ReadonlyMap<string, T>,
  mine: ReadonlyMap<string, T>,
  theirs: ReadonlyMap<string, T>,
  same: (a: T | undefined, b: T | undefined) => boolean,
): Map<string, T> {
  const merged = new Map<string, T>()
  for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
    const chosen = same(mine.get(key), base.get(key)) ? theirs.get(key) : mine.get(key)
    if (chosen !== undefined) merged.set(key, chosen)
  }
  return merged
}
