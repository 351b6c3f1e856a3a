import type { Diagnostic } from '../diagnostic.ts'
import { insert, type Mending, mend, nameText, replace, suggest } from '../edits.ts'
import type { LexicalFault, Token } from '../scan.ts'

interface Wording {
  code: string
  message: string
  help: string
}

const wordings: Record<LexicalFault, Wording> = {
  'odd-space': {
    code: 'AMC019',
    message: 'This white space is not a plain space',
    help: 'Replace it by a plain space: AMC refuses no-break and zero-width spaces',
  },
  'smart-quote': {
    code: 'AMC019',
    message: 'This quote is curved',
    help: 'Use the straight quote \' for text and " for names',
  },
  'back-tick': {
    code: 'lexical',
    message: 'Back ticks do not quote names in AMC SQL',
    help: 'Use double quotes, or none',
  },
  fence: {
    code: 'lexical',
    message: 'These back ticks belong to the page that the query was copied from',
    help: 'Remove them',
  },
  'comment-end': {
    code: 'lexical',
    message: 'No comment begins before this end of one',
    help: 'Write /* where it begins, or remove it',
  },
  'hash-comment': { code: 'lexical', message: '# does not begin a comment in AMC SQL', help: 'Write -- instead' },
  'slash-comment': {
    code: 'lexical',
    message: '// begins no comment and is no operator in AMC SQL',
    help: 'Write -- before a comment, and / to divide',
  },
  'unterminated-string': {
    code: 'lexical',
    message: 'This text is not closed',
    help: "Close it with ' and double every ' inside it",
  },
  'unterminated-name': { code: 'lexical', message: 'This quoted name is not closed', help: 'Close it with "' },
  'unterminated-comment': { code: 'lexical', message: 'This comment is not closed', help: 'Close it with */' },
  'digit-name': {
    code: 'lexical',
    message: 'A name cannot begin with a digit',
    help: 'Put the name in double quotes, or a space after the number',
  },
  placeholder: {
    code: 'placeholder',
    message: 'This is not a placeholder',
    help: 'Write {{name}}: a letter, then letters, digits or underscores, without spaces',
  },
  'bind-variable': {
    code: 'lexical',
    message: 'AMC SQL knows no variables of this form',
    help: "Write {{name}} for a parameter of this query, or CUSTOM_PARAMETER('name') for one of AMC",
  },
  operator: {
    code: 'lexical',
    message: 'This operator is written another way in AMC SQL',
    help: 'Write =, <>, >=, <= or AND',
  },
  character: {
    code: 'lexical',
    message: 'This character has no meaning in AMC SQL',
    help: 'Remove it; a minus is -, and -- begins a comment',
  },
}

/** One diagnostic for each token that is faulty by itself. */
export function lexicalDiagnostics(text: string, tokens: readonly Token[]): Diagnostic[] {
  const found: Diagnostic[] = []
  for (const token of tokens) {
    if (token.fault === null) continue
    const { code, message, help } = wordings[token.fault]
    const opensOnly = token.fault.startsWith('unterminated')
    const to = opensOnly ? Math.min(token.to, token.from + (token.kind === 'comment' ? 2 : 1)) : token.to
    // In a string it may be plain text after all, which only the binder can refuse.
    const severity = token.fault === 'placeholder' && token.kind !== 'unknown' ? 'warning' : 'error'
    const amc = amcWording(text, token)
    found.push({ code, severity, from: token.from, to, message, help, amc, ...mending(text, token, token.fault) })
  }
  return found
}

/** The token as AMC reads it, where one can tell what was meant. */
function mending(text: string, token: Token, fault: LexicalFault): Mending {
  const written = text.slice(token.from, token.to)
  const write = (better: string) => mend(`Write ${better}`, replace(token, better))
  switch (fault) {
    case 'odd-space':
      return mend('Write a plain space', replace(token, token.from === 0 || token.to === text.length ? '' : ' '))
    case 'smart-quote': {
      if (token.kind === 'unknown') return {}
      const inner = written.slice(1, -1)
      return write(token.kind === 'string' ? `'${inner.replaceAll("'", "''")}'` : `"${inner}"`)
    }
    case 'back-tick':
      return token.kind === 'unknown' ? {} : write(nameText(written.slice(1, -1).replaceAll('``', '`')))
    case 'fence':
    case 'comment-end':
      return mend('Remove it', replace(token, ''))
    case 'hash-comment':
      return mend('Write --', replace({ from: token.from, to: token.from + 1 }, '--'))
    case 'slash-comment':
      return suggest('Write --', replace({ from: token.from, to: token.from + 2 }, '--'))
    case 'unterminated-string':
    case 'unterminated-name':
      return closed(token, written)
    case 'unterminated-comment':
      return suggest('Add */', insert(token.to, ' */'))
    case 'digit-name':
      return write(`"${written}"`)
    case 'placeholder': {
      const name = /^\$?\{+\s*([A-Za-z]\w*)\s*\}*$/.exec(written)?.[1]
      return name === undefined || token.kind !== 'unknown' ? {} : write(`{{${name}}}`)
    }
    case 'bind-variable': {
      const name = /^[:$]([A-Za-z]\w*)$/.exec(written)?.[1]
      return name === undefined ? {} : suggest(`Write {{${name}}}`, replace(token, `{{${name}}}`))
    }
    case 'operator':
      return write(token.word)
    case 'character':
      return {}
  }
}

/** The quote at the end of the line, before what closes or separates there. */
function closed(token: Token, written: string): Mending {
  const quote = token.kind === 'string' ? "'" : '"'
  const end = written.replace(/[\s,;)]+$/, '').length
  return end < 2 ? {} : suggest(`Add ${quote}`, insert(token.from + end, quote))
}

/** JavaCC's words: the parser speaks where the lexer knows the character, the lexer where it does not. */
function amcWording(text: string, token: Token): string {
  if (token.fault === 'digit-name' || token.fault === 'operator')
    return `Encountered "${text.slice(token.from, token.to)}"`
  if (token.fault === 'placeholder' && token.kind !== 'string') return 'Encountered "{"'
  const code = text.codePointAt(token.from) ?? 0
  const shown = code > 126 ? `\\u${code.toString(16).padStart(4, '0')}` : String.fromCodePoint(code)
  return `Encountered: "${shown}" (${code}), after : ""`
}
