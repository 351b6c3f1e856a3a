import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Plugin, build } from 'vite'

/** Letters that read alike and are none of ASCII, so that what was translated can be told from what was not. */
const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const other = 'áƀçđéƒǧħíĵķłɱñóƥɋřšťúṽŵẋýžÁßÇĐÉƑǦĦÍĴĶŁṀÑÓƤɊŘŠŤÚṼŴẊÝŽ'

function pseudo(text: string): string {
  return text.replaceAll(/[A-Za-z]/g, (letter) => other.charAt(plain.indexOf(letter)))
}

interface Node {
  type: string
  start: number
  end: number
  value?: unknown
  operator?: string
  computed?: boolean
  [part: string]: unknown
}

/** Where the texts of a module stand: no names of properties, no addresses of modules, nothing that is compared or looked up. */
function* textsIn(node: Node): Generator<Node> {
  if (node.type.startsWith('Import')) return
  if (node.type === 'Literal' && typeof node.value === 'string') yield node
  if (node.type === 'TemplateElement') yield node
  if (node.type === 'BinaryExpression' && node.operator !== '+') return
  for (const [part, value] of Object.entries(node)) {
    if (part === 'key' && node.computed !== true) continue
    if (part === 'property' && node.type === 'MemberExpression') continue
    if (part === 'source') continue
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value])
      if (typeof child === 'object' && child !== null && 'type' in child) yield* textsIn(child as Node)
  }
}

/** Every text of the message files in letters that nothing else has. */
const pseudoMessages: Plugin = {
  name: 'pseudo-messages',
  enforce: 'post',
  transform(code, id) {
    if (!/src\/messages\/en\/[\w-]+\.ts$/.test(id)) return null
    const found = [...textsIn(this.parse(code) as unknown as Node)].toSorted((a, b) => b.start - a.start)
    let text = code
    for (const { start, end } of found) text = text.slice(0, start) + pseudo(text.slice(start, end)) + text.slice(end)
    return { code: text, map: null }
  },
}

/** Builds the web app with its messages in pseudo letters, into a folder of its own, whose path it answers. */
export async function buildPseudo(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'pseudo-web-'))
  await build({
    root: join(import.meta.dirname, '..'),
    logLevel: 'error',
    plugins: [pseudoMessages],
    build: { outDir, emptyOutDir: true, minify: false, reportCompressedSize: false },
  })
  return outDir
}
