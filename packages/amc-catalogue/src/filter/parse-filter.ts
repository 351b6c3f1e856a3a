import { deepestGroup, FilterCondition, mostConditions, type SourceFilter } from './filter.ts'

export interface FilterError {
  /** Where in the filter: `all[1].any[0].values`; empty for the whole. */
  path: string
  message: string
}

export type ParsedFilter = { ok: true; filter: SourceFilter } | { ok: false; errors: FilterError[] }

/** Reads a filter from outside; each fault names its place. */
export function parseFilter(value: unknown): ParsedFilter {
  const reading: Reading = { errors: [], conditions: 0 }
  const filter = read(value, '', 0, reading)
  if (reading.conditions > mostConditions)
    reading.errors.push({ path: '', message: `must have at most ${mostConditions} conditions` })
  return filter === null || reading.errors.length > 0 ? { ok: false, errors: reading.errors } : { ok: true, filter }
}

interface Reading {
  errors: FilterError[]
  conditions: number
}

function read(value: unknown, path: string, depth: number, reading: Reading): SourceFilter | null {
  const refuse = (message: string, at = path) => {
    reading.errors.push({ path: at, message })
    return null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse('must be a group {"all": […]} or {"any": […]}, or a condition with a "property"')
  const word = 'all' in value ? 'all' : 'any' in value ? 'any' : null
  if (word === null) return readCondition(value, path, reading)
  const members: unknown = Object.entries(value).find(([key]) => key === word)?.[1]
  const beside = Object.keys(value).filter((key) => key !== word)
  if (beside.length > 0) return refuse(`must have nothing beside "${word}", but has "${beside.join('", "')}"`)
  if (depth >= deepestGroup) return refuse(`must not stand deeper than ${deepestGroup} groups`)
  const inside = join(path, word)
  if (!Array.isArray(members)) return refuse('must be a list', inside)
  const found = members.map((member, at) => read(member, `${inside}[${at}]`, depth + 1, reading))
  const good = found.filter((member) => member !== null)
  return word === 'all' ? { all: good } : { any: good }
}

function readCondition(value: object, path: string, reading: Reading): FilterCondition | null {
  reading.conditions += 1
  const result = FilterCondition.safeParse(value)
  if (result.success) return result.data
  for (const issue of result.error.issues) {
    const at = issue.path.reduce<string>((text, step) => join(text, step), path)
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) reading.errors.push({ path: join(at, key), message: 'is not known here' })
    else reading.errors.push({ path: at, message: plain(issue.message) })
  }
  return null
}

function join(path: string, step: PropertyKey): string {
  if (typeof step === 'number') return `${path}[${step}]`
  return path === '' ? String(step) : `${path}.${String(step)}`
}

function plain(message: string): string {
  return message
    .replace(/^Invalid (input|option): expected (.*), received undefined$/, 'is missing: it must be $2')
    .replace(/^Invalid (input|option): expected/, 'must be')
    .replace(/must be array/, 'must be a list')
}

/** The filter as the value of one parameter of an address; `parseFilterText` reads it back. */
export function filterText(filter: SourceFilter): string {
  return JSON.stringify(filter)
}

/** Reads the value of the address's parameter. */
export function parseFilterText(text: string): ParsedFilter {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, errors: [{ path: '', message: 'is no filter: the text is cut off or was changed' }] }
  }
  return parseFilter(value)
}
