import { plainItem, type CompletionItem, type Completions } from '../completion.ts'
import type { Reading } from '../reading.ts'
import type { CompleteOptions } from './asked.ts'

/** The parameters behind an open `{{`, inside text in quotes too; null where none is open. */
export function openParameter(reading: Reading, offset: number, options: CompleteOptions): Completions | null {
  const { text } = reading
  const line = text.slice(Math.max(0, text.lastIndexOf('\n', offset - 1) + 1, offset - 200), offset)
  const found = /\{\{[ \t]*(\w*)$/.exec(line)
  if (found === null) return null
  const rest = /^\w*/.exec(text.slice(offset, offset + 200))?.[0] ?? ''
  const to = offset + rest.length
  const closed = text.startsWith('}}', to)
  const from = offset - (found[1] ?? '').length
  const typed = text.slice(from, to)
  const items = parametersOf(reading, options, closed ? null : typed).map((item) =>
    closed ? item : { ...item, insert: `${item.label}}}` },
  )
  return { from, to, items }
}

/** `{{name}}` where a value can stand. */
export function parameterValues(reading: Reading, options: CompleteOptions): CompletionItem[] {
  return parametersOf(reading, options, null).map((item) => {
    const written = `{{${item.label}}}`
    return { ...item, label: written, insert: written, rank: 65 }
  })
}

/** The declared parameters, then those that the text uses without a declaration; not the word being typed. */
function parametersOf(reading: Reading, options: CompleteOptions, typed: string | null): CompletionItem[] {
  const declared = options.declared ?? []
  const items = declared.map(({ name, type, list, description }) =>
    plainItem('parameter', name, 95, { detail: list ? `list of ${type}` : type, documentation: description ?? '' }),
  )
  const known = new Set(declared.map(({ name }) => name))
  for (const { name } of reading.parameterUses) {
    if (known.has(name) || name === typed) continue
    known.add(name)
    items.push(plainItem('parameter', name, 90, { detail: 'used in this query' }))
  }
  return items
}
