import { functions } from '../../functions/catalogue.ts'
import type { FunctionEntry } from '../../functions/entry.ts'
import { plainItem, type CompletionItem } from '../completion.ts'
import { signaturesOf, specialCalls, type Signature } from '../signatures.ts'
import { cased, type Asked } from './asked.ts'

const made = new Map<string, CompletionItem[]>()

/** Every function of AMC; before a `(` that is already there only its name is inserted. */
export function functionItems(asked: Asked): CompletionItem[] {
  const { words, text } = asked.place.reading
  const next = words[asked.place.before + 1]
  const opened = text[asked.place.word.to] === '(' || (next?.word === '(' && next.from === asked.place.word.to)
  const key = `${asked.lower} ${opened}`
  let items = made.get(key)
  if (items === undefined) {
    items = [
      ...[...functions.values()].map((entry) => functionItem(asked, entry, opened)),
      ...specialCalls
        .filter((name) => name !== 'EXTEND_TIME_WINDOW')
        .map((name) => callItem(asked, name, signaturesOf(name)[0], 'scalar', opened)),
    ]
    made.set(key, items)
  }
  return items
}

function functionItem(asked: Asked, entry: FunctionEntry, opened: boolean): CompletionItem {
  return callItem(asked, entry.name, signaturesOf(entry.name)[0], entry.kind, opened)
}

function callItem(
  asked: Asked,
  name: string,
  signature: Signature | undefined,
  kind: FunctionEntry['kind'],
  opened: boolean,
): CompletionItem {
  const label = cased(asked, name)
  const rank = kind === 'aggregate' ? 45 : kind === 'ranking' ? 42 : 40
  if (signature === undefined) {
    const documentation = functions.get(name)?.description ?? ''
    return plainItem('function', label, rank, { documentation })
  }
  const more = { detail: signature.label.slice(name.length), documentation: signature.documentation }
  if (opened) return plainItem('function', label, rank, more)
  return plainItem('function', label, rank, {
    ...more,
    insert: cased(asked, snippetOf(signature, kind)),
    snippet: true,
  })
}

/** The call with a place to fill in for each argument that must be there. */
function snippetOf(signature: Signature, kind: FunctionEntry['kind']): string {
  const { label, parameters } = signature
  if (kind === 'ranking')
    return `${label.slice(0, label.indexOf('('))}() OVER (PARTITION BY \${1:columns} ORDER BY \${2:column} DESC)`
  if (label.startsWith('TRIM')) return 'TRIM(${1:text})'
  const wanted = parameters.filter((parameter) => !parameter.optional)
  let text = label.slice(0, label.indexOf('(') + 1)
  let before = text.length
  for (const [at, parameter] of wanted.entries()) {
    const between = label.slice(before, parameter.from).replaceAll(/\[[^\]]*\] ?/g, '')
    // A choice is written in quotes, of which the parameter holds both ends.
    const isText = label[parameter.from] === "'"
    const name = isText ? (/[^' |]+/.exec(label.slice(parameter.from))?.[0] ?? '') : parameter.name
    text += `${between}${isText ? "'" : ''}\${${at + 1}:${name}}${isText ? "'" : ''}`
    before = parameter.to
  }
  return `${text})`
}
