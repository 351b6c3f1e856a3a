import type { ParameterDeclaration, WorkflowContent } from '@recomamp/contracts'

/** Whether two contents say the same; keys of values may stand in any order. */
export function sameContent(a: WorkflowContent, b: WorkflowContent): boolean {
  return a.sqlQuery === b.sqlQuery && a.name === b.name && canonical(a) === canonical(b)
}

export function sameDeclaration(a: ParameterDeclaration | undefined, b: ParameterDeclaration | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && declared(a) === declared(b))
}

function canonical({ parameters, values }: WorkflowContent): string {
  const sorted = Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([parameters.map(declared), sorted])
}

function declared({ name, type, list, whenEmpty, default: preset, description }: ParameterDeclaration): string {
  return JSON.stringify([name, type, list, whenEmpty, preset, description])
}
