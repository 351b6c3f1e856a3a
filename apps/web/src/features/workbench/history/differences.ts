import type { ParameterDeclaration, WorkflowContent } from '@recomamp/contracts'
import { history as t } from '#messages/history.ts'

/** What differs beside the text: the name, what is declared, the values. */
export interface Difference {
  kind: 'name' | 'parameter' | 'value'
  /** Of a parameter, or empty. */
  subject: string
  words: string
}

/** Everything but the text in which two versions differ, from the left one to the right one. */
export function differencesBeside(left: WorkflowContent, right: WorkflowContent): Difference[] {
  const found: Difference[] = []
  if (left.name !== right.name) found.push({ kind: 'name', subject: '', words: t.changed(left.name, right.name) })
  const names = namesOf([left.parameters, right.parameters].flat().map(({ name }) => name))
  for (const name of names) {
    const [before, after] = [declared(left, name), declared(right, name)]
    if (before === undefined && after !== undefined)
      found.push({ kind: 'parameter', subject: name, words: t.added(inWords(after)) })
    else if (before !== undefined && after === undefined)
      found.push({ kind: 'parameter', subject: name, words: t.removed(inWords(before)) })
    else if (before !== undefined && after !== undefined && inWords(before) !== inWords(after))
      found.push({ kind: 'parameter', subject: name, words: t.changed(inWords(before), inWords(after)) })
  }
  for (const name of namesOf([...Object.keys(left.values), ...Object.keys(right.values)])) {
    const [before, after] = [valueOf(left, name), valueOf(right, name)]
    if (before !== after) found.push({ kind: 'value', subject: name, words: t.changed(before, after) })
  }
  return found
}

function namesOf(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted()
}

function declared({ parameters }: WorkflowContent, name: string): ParameterDeclaration | undefined {
  return parameters.find((each) => each.name === name)
}

function inWords({ type, list, default: preset, whenEmpty }: ParameterDeclaration): string {
  return [
    list ? t.listOf(type) : type,
    preset === undefined ? '' : t.preset(JSON.stringify(preset)),
    whenEmpty === 'all' ? t.emptyMeansAll : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
}

function valueOf({ values }: WorkflowContent, name: string): string {
  const value = values[name]
  return value === undefined ? t.notSet : JSON.stringify(value)
}
