import type { TypeName } from '../tree.ts'
import type { Cursor } from './cursor.ts'

/** type = name { name } [ "(" number { "," number } ")" ] ; several words as in DOUBLE PRECISION */
export function parseTypeName(c: Cursor): TypeName {
  const from = c.token.from
  const words: string[] = []
  while (c.token.kind === 'name' || c.is('INTERVAL') || c.is('ARRAY')) words.push(c.advance().word)
  if (words.length === 0) {
    c.fault(`A type is missing before ${c.here()}`, 'Name a type such as STRING, INTEGER, DECIMAL(18, 4) or DATE', [
      '<IDENTIFIER>',
    ])
    return { name: '', arguments: [], from: c.end, to: c.end }
  }
  const numbers: number[] = []
  if (c.is('(')) {
    const opened = c.opening()
    while (c.token.kind === 'number') {
      numbers.push(Number(c.textOf(c.advance())))
      if (!c.accept(',')) break
    }
    c.close(opened)
  }
  return { name: words.join(' '), arguments: numbers, from, to: c.endFrom(from) }
}
