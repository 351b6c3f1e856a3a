import { LineCounter, isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml'
import type { z } from 'zod'
import type { CatalogueError } from './catalogue-error.ts'

type Path = readonly PropertyKey[]

/** A JSON file that was read, and a way to say where in it something is wrong. */
export interface JsonFile<T> {
  value: T
  fault: (path: Path, message: string) => CatalogueError
}

/** Reads one JSON file by its schema; what is wrong goes to `errors`, then the answer is null. */
export function readJson<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  errors: CatalogueError[],
): JsonFile<T> | null {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    errors.push({ file, field: '', ...syntaxFault(text, error) })
    return null
  }
  const place = placeFinder(text)
  const fault = (path: Path, message: string): CatalogueError => ({
    file,
    line: place(path),
    field: namedPath(raw, path),
    message,
  })
  const result = schema.safeParse(raw)
  if (result.success) return { value: result.data, fault }
  for (const issue of result.error.issues)
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) errors.push(fault([...issue.path, key], 'is no field of the format'))
    else errors.push(fault(issue.path, valueAt(raw, issue.path) === undefined ? 'is missing' : plain(issue.message)))
  return null
}

function syntaxFault(text: string, error: unknown): { line: number; message: string } {
  const message = error instanceof Error ? error.message : String(error)
  const known = /line (\d+)/.exec(message)?.[1]
  const [first] = parseDocument(text, { schema: 'json' }).errors
  const line = known === undefined ? (first?.linePos?.[0].line ?? text.split('\n').length) : Number(known)
  return { line, message: `is no JSON: ${message}` }
}

/** Lines are looked up only when something is wrong; JSON is read as YAML then, whose parser keeps the places. */
function placeFinder(text: string): (path: Path) => number {
  let root: { node: Node | null; lines: LineCounter } | undefined
  return (path) => {
    if (root === undefined) {
      const lines = new LineCounter()
      root = { node: parseDocument(text, { schema: 'json', lineCounter: lines }).contents, lines }
    }
    let node: Node | null = root.node
    let at = node?.range?.[0] ?? 0
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
        if (!isScalar(pair?.key)) break
        at = pair.key.range?.[0] ?? at
        node = pair.value as Node | null
      } else if (isSeq(node)) {
        node = (node.items[Number(step)] ?? null) as Node | null
        at = node?.range?.[0] ?? at
      } else break
    }
    return root.lines.linePos(at).line
  }
}

function namedPath(raw: unknown, path: Path): string {
  return path
    .map((step, at) => {
      if (typeof step !== 'number') return String(step)
      const item = valueAt(raw, path.slice(0, at + 1))
      return item instanceof Object && 'name' in item && typeof item.name === 'string' ? item.name : String(step)
    })
    .join('.')
}

function valueAt(raw: unknown, path: Path): unknown {
  let value = raw
  for (const step of path) value = value instanceof Object ? (value as Record<PropertyKey, unknown>)[step] : undefined
  return value
}

function plain(message: string): string {
  return message.replace(/^Invalid (input|option): expected/, 'must be')
}
