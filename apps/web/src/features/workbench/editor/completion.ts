import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete'
import type { Schema } from '@recomamp/amc-sql'
import { functionNames, keywordNames } from './vocabulary.ts'
import { type Scope, scopeAt } from './scope.ts'

export interface CompletionWorld {
  schema: () => Schema | null
  /** Names of the parameters of this query. */
  parameters: () => readonly string[]
}

/** Completes parameters after `{{`, the columns of a table after its name and a dot, and else columns, tables, functions, keywords. */
export function completionSource(world: CompletionWorld): CompletionSource {
  return (context) => parameterCompletion(context, world) ?? nameCompletion(context, world)
}

function parameterCompletion(context: CompletionContext, world: CompletionWorld): CompletionResult | null {
  const before = context.matchBefore(/\{\{\s*\w*$/)
  if (before === null) return null
  const from = before.from + before.text.search(/\w*$/)
  const closed = context.state.sliceDoc(context.pos, context.pos + 2) === '}}'
  return {
    from,
    options: world.parameters().map((name) => ({ label: name, type: 'variable', apply: closed ? name : `${name}}}` })),
    validFor: /^\w*$/,
  }
}

function nameCompletion(context: CompletionContext, world: CompletionWorld): CompletionResult | null {
  const schema = world.schema()
  const word = context.matchBefore(/[A-Za-z_][\w.]*$/)
  if (schema === null || (word === null && !context.explicit)) return null
  const text = context.state.doc.toString()
  const typed = word?.text ?? ''
  const dot = typed.lastIndexOf('.')
  const from = word === null ? context.pos : word.from + dot + 1
  const scope = scopeAt(text, context.pos, schema)
  const qualifier = dot === -1 ? null : typed.slice(0, dot).toLowerCase()
  const options = qualifier === null ? unqualified(scope, schema, afterFrom(text, from)) : columnsOf(scope, qualifier)
  return { from, options, validFor: /^\w*$/ }
}

/** Whether a table name is expected: the word before is FROM or JOIN, or a comma of a FROM list cannot be told apart. */
function afterFrom(text: string, from: number): boolean {
  return /\b(from|join)\s+$/i.test(text.slice(Math.max(0, from - 40), from))
}

function unqualified(scope: Scope, schema: Schema, wantsTable: boolean): Completion[] {
  const tables: Completion[] = schema.tables.map((table) => ({
    label: table.name,
    type: 'class',
    detail: table.title,
    boost: (wantsTable ? 40 : 10) - (table.audience ? 5 : 0),
  }))
  const ctes = scope.ctes.map((name) => ({ label: name, type: 'class', detail: 'WITH', boost: wantsTable ? 50 : 5 }))
  if (wantsTable) return [...ctes, ...tables]
  const columns = new Map<string, Completion>()
  for (const { name: table } of scope.tables)
    for (const option of columnsOf(scope, table.toLowerCase()))
      if (!columns.has(option.label)) columns.set(option.label, option)
  return [...columns.values(), ...ctes, ...tables, ...functions, ...keywords]
}

function columnsOf(scope: Scope, qualifier: string): Completion[] {
  return scope.tables
    .filter((table) => table.name.toLowerCase() === qualifier)
    .flatMap((table) =>
      table.columns.map((column) => ({
        label: column.name,
        type: 'property',
        boost: 30,
        detail: column.detail === '' ? table.name : `${column.detail}, ${table.name}`,
        ...(column.description === '' ? {} : { info: column.description }),
      })),
    )
}

const functions: Completion[] = functionNames.map((name) => ({
  label: name,
  type: 'function',
  boost: 0,
  apply: (view, _completion, from, to) =>
    view.dispatch({ changes: { from, to, insert: `${name}()` }, selection: { anchor: from + name.length + 1 } }),
}))

const keywords: Completion[] = keywordNames.map((label) => ({ label, type: 'keyword', boost: -10 }))
