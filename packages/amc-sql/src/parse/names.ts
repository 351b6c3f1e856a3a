import { lowerCase, type Token } from '../scan.ts'
import type { Name } from '../tree.ts'
import { mend, nameText, replace, suggest } from '../edits.ts'
import type { Cursor } from './cursor.ts'

/** True for a word that can be a name without quotes, or a quoted one. */
export function isName(token: Token): boolean {
  return token.kind === 'name' || token.kind === 'quoted-name'
}

/** The name that a token spells. */
export function nameOf(c: Cursor, token: Token): Name {
  const written = c.textOf(token)
  const { from, to } = token
  if (token.kind !== 'quoted-name') return { text: written, key: lowerCase(token.word), quoted: false, from, to }
  const inner = written.slice(1, token.fault === 'unterminated-name' ? undefined : -1)
  const text = inner.replaceAll('""', '"')
  return { text, key: text.toLowerCase(), quoted: true, from, to }
}

/** name = word | '"' … '"' ; `what` says in messages what the name is for */
export function parseName(c: Cursor, what: string): Name {
  if (isName(c.token)) return nameOf(c, c.advance())
  if (c.token.kind === 'string') {
    const name = textAsName(c, c.token)
    const written = nameText(name.text)
    c.fault(
      `${c.here()} is text, but ${what} is expected here`,
      'Names take double quotes, or none',
      ['<IDENTIFIER>'],
      mend(`Write ${written}`, replace(c.token, written)),
    )
    c.advance()
    return name
  }
  const after = c.peek(1)
  const ends =
    after.word === ',' || after.word === ')' || after.word === 'FROM' || after.kind === 'space' || after.word === 'AS'
  if (c.token.kind === 'keyword' && ends && !c.is('FROM')) {
    c.fault(
      `${c.here()} is a reserved word and cannot be ${what}`,
      `Write "${c.here()}" in double quotes, or rename it`,
      ['<IDENTIFIER>'],
      mend(`Write "${c.here()}"`, replace(c.token, `"${c.here()}"`)),
    )
    return nameOf(c, c.advance())
  }
  c.fault(`Expected ${what} before ${c.here()}`, undefined, ['<IDENTIFIER>'])
  return c.missingName()
}

function textAsName(c: Cursor, token: Token): Name {
  const text = c.textOf(token).replaceAll("'", '')
  return { text, key: text.toLowerCase(), quoted: true, from: token.from, to: token.to }
}

/** The rest of `total-cost` behind its first name, which is one name only in double quotes; false where there is none. */
export function passHyphens(c: Cursor, from: number): boolean {
  if (!c.is('-') || !isName(c.peek(1))) return false
  while (c.is('-') && isName(c.peek(1))) {
    c.advance()
    c.advance()
  }
  const range = { from, to: c.end }
  const better = c.textOf(range).replaceAll(/\s*-\s*/g, '_')
  const help = `Names have no hyphens: write ${better}, or put the name into double quotes`
  const mending = suggest(`Write ${better}`, replace(range, better))
  c.report('syntax', 'error', range, `${c.textOf(range)} is no name`, help, 'Encountered "-"', mending)
  return true
}

/** names = name { "," name } ; in parentheses */
export function parseNameList(c: Cursor, what: string): Name[] {
  const opened = c.opening()
  const names = [parseName(c, what)]
  while (!c.is(')')) {
    if (c.accept(',')) names.push(parseName(c, what))
    else if (isName(c.token)) {
      c.fault(`A comma is missing before ${c.here()}`, 'Put a comma between the two', ['","'], c.add(','))
      names.push(parseName(c, what))
    } else break
  }
  c.close(opened)
  return names
}
