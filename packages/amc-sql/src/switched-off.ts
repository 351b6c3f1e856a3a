import type { Diagnostic } from './diagnostic.ts'
import type { Token } from './scan.ts'

/** A finding that a comment switched off, with the reason that it gives. */
export interface SwitchedOff {
  diagnostic: Diagnostic
  reason: string
}

interface Directive {
  comment: Token
  codes: string[]
  reason: string
  /** The text that it speaks of. */
  from: number
  to: number
  used: boolean
}

const form =
  /^(?:--|\/\*)\s*recomamp-ignore(-file)?\b\s*([\w-]+(?:\s*,\s*[\w-]+)*)?\s*(?::\s*([\s\S]*?))?\s*(?:\*\/)?$/i

/**
 * Takes out what `-- recomamp-ignore AMC026: reason` switches off: on its own line, or on the next one where it stands alone;
 * `recomamp-ignore-file` speaks of the whole text. Errors stay, because AMC would refuse the query all the same; a comment without a
 * reason, for an error or without effect is pointed out.
 */
export function switchOff(
  text: string,
  tokens: readonly Token[],
  diagnostics: readonly Diagnostic[],
): { diagnostics: Diagnostic[]; switchedOff: SwitchedOff[] } {
  const directives = directivesOf(text, tokens)
  if (directives.length === 0) return { diagnostics: [...diagnostics], switchedOff: [] }
  const kept: Diagnostic[] = []
  const switchedOff: SwitchedOff[] = []
  const refused = new Set<string>()
  for (const diagnostic of diagnostics) {
    const directive = directives.find((one) => speaksOf(one, diagnostic))
    if (directive === undefined) kept.push(diagnostic)
    else if (diagnostic.severity === 'error' && diagnostic.ours !== true) {
      kept.push(diagnostic)
      directive.used = true
      refused.add(diagnostic.code)
    } else if (directive.reason === '') kept.push(diagnostic)
    else {
      directive.used = true
      switchedOff.push({ diagnostic, reason: directive.reason })
    }
  }
  for (const directive of directives) {
    const fault = faultOf(directive, refused)
    if (fault !== null) kept.push({ code: 'ignore', ...fault, from: directive.comment.from, to: directive.comment.to })
  }
  return { diagnostics: kept, switchedOff }
}

/** The places that comments on single lines speak of: whoever moves text must keep them on their lines. */
export function linesSpokenOf(text: string, tokens: readonly Token[]): { from: number; to: number }[] {
  return directivesOf(text, tokens).filter(({ from, to }) => from > 0 || to < text.length)
}

function speaksOf({ codes, from, to }: Directive, diagnostic: Diagnostic): boolean {
  return codes.includes(diagnostic.code.toUpperCase()) && diagnostic.from >= from && diagnostic.from <= to
}

function faultOf(
  directive: Directive,
  refused: ReadonlySet<string>,
): Pick<Diagnostic, 'severity' | 'message' | 'help'> | null {
  const error = directive.codes.find((code) => refused.has(code))
  if (directive.codes.length === 0)
    return { severity: 'warning', message: 'This comment names no rule', help: 'Write -- recomamp-ignore AMC026: why' }
  if (directive.reason === '')
    return {
      severity: 'warning',
      message: 'This comment gives no reason, so it switches nothing off',
      help: 'Write why behind a colon',
    }
  if (error !== undefined)
    return {
      severity: 'warning',
      message: `${error} is an error and cannot be switched off`,
      help: 'AMC would refuse the query',
    }
  if (directive.used) return null
  return { severity: 'info', message: `Nothing here breaks ${directive.codes.join(', ')}`, help: 'Remove the comment' }
}

function directivesOf(text: string, tokens: readonly Token[]): Directive[] {
  const found: Directive[] = []
  if (!/recomamp-ignore/i.test(text)) return found
  for (let at = 0; at < tokens.length; at += 1) {
    const comment = tokens[at]
    if (comment?.kind !== 'comment') continue
    const written = text.slice(comment.from, comment.to)
    const match = /recomamp-ignore/i.test(written) ? form.exec(written) : null
    if (match === null) continue
    const codes = (match[2] ?? '')
      .toUpperCase()
      .split(/\s*,\s*/)
      .filter(Boolean)
    const range = match[1] === undefined ? lineOf(text, tokens, at) : { from: 0, to: text.length }
    found.push({ comment, codes, reason: (match[3] ?? '').trim(), ...range, used: false })
  }
  return found
}

/** The line that a comment stands on, or the next line with SQL where nothing stands before it. */
function lineOf(text: string, tokens: readonly Token[], at: number): { from: number; to: number } {
  const comment = tokens[at] ?? { from: 0, to: 0 }
  const start = text.lastIndexOf('\n', comment.from - 1) + 1
  if (text.slice(start, comment.from).trim() !== '') return { from: start, to: comment.to }
  const next = tokens.slice(at + 1).find(({ kind }) => kind !== 'space' && kind !== 'comment')
  if (next === undefined) return { from: comment.from, to: comment.to }
  const end = text.indexOf('\n', next.from)
  return { from: next.from, to: end === -1 ? text.length : end }
}
