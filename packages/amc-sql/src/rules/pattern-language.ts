import type { Edit } from '../diagnostic.ts'
import { definitionsOf } from '../lineage/definitions.ts'
import type { Like, Literal } from '../tree.ts'
import { replace } from '../edits.ts'
import type { Report, Rule, RuleContext, RuleEntry } from './rule.ts'

/** LIKE takes % and _; SIMILAR TO takes a regular expression. Each finds nothing with the signs of the other. */
export const patternLanguage: Rule = {
  code: 'AMC030',
  severity: 'warning',
  check(context, report) {
    for (const node of context.expressions('like')) {
      checkParts(context, report, node)
      for (const pattern of definitionsOf(context.resolution, node.pattern))
        if (pattern.kind === 'literal' && pattern.type === 'string') checkPattern(context, report, node, pattern)
    }
  },
}

export const patternLanguageEntry: RuleEntry = {
  rule: patternLanguage,
  title: 'LIKE takes %, SIMILAR TO a regular expression',
  why: `In AMC, SIMILAR TO looks for a Java regular expression anywhere in the text: \`'brand'\` finds "My brand", and \`%\` is only a percent sign. LIKE compares the whole text and knows \`%\` (anything) and \`_\` (one character); \`^\`, \`$\` and \`.*\` are only themselves there. With the signs of the other, a pattern finds nothing and no error says so.`,
  source: 'fact',
  bad: `SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions
WHERE campaign SIMILAR TO '%brand%' GROUP BY campaign`,
  good: `SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions
WHERE campaign SIMILAR TO 'brand' GROUP BY campaign`,
}

/** `CONCAT('%', word, '%')` as a regular expression. */
function checkParts(context: RuleContext, report: Report, node: Like): void {
  const { pattern } = node
  const parts =
    pattern.kind === 'chain' && pattern.operators[0] === '||'
      ? pattern.operands
      : pattern.kind === 'call' && /^CONCAT$/i.test(pattern.name.text)
        ? pattern.arguments
        : []
  if (node.operator === 'LIKE' || !parts.some((part) => part.kind === 'literal' && part.value === '%')) return
  report(pattern, {
    message: 'SIMILAR TO takes a regular expression, in which % is only a percent sign',
    help: 'Leave the % out, or write LIKE',
    fixes: [{ title: 'Write LIKE', edits: operator(context, node, 'LIKE') }],
  })
}

function checkPattern(context: RuleContext, report: Report, node: Like, pattern: Literal): void {
  const inner = { from: pattern.from + 1, to: pattern.to - 1 }
  const written = context.textOf(inner)
  if (node.operator === 'SIMILAR TO') {
    if (!isLikePattern(written)) return
    const text = asExpression(written)
    report(pattern, {
      message: 'SIMILAR TO takes a regular expression, in which % is only a percent sign',
      help: `Write '${text}'`,
      fixes: [{ title: `Write '${text}'`, edits: [replace(inner, text)] }],
    })
    return
  }
  if (!isRegularExpression(written)) return
  const text = asLikePattern(written)
  const similar = { title: 'Write SIMILAR TO', edits: operator(context, node, 'SIMILAR TO') }
  const fixes = text === null ? [similar] : [{ title: `Write '${text}'`, edits: [replace(inner, text)] }, similar]
  report(pattern, {
    message: 'LIKE knows % and _ only; the signs of a regular expression are plain characters to it',
    help: text === null ? 'Write SIMILAR TO' : `Write '${text}', or SIMILAR TO`,
    fixes: fixes.filter(({ edits }) => edits.length > 0),
  })
}

/** A percent sign at an end that is no number of percent. */
function isLikePattern(pattern: string): boolean {
  return pattern.split('|').some((part) => /^\(?%/.test(part) || /(^|[^\d])%\)?$/.test(part))
}

/** What finds the same: no % at an end means anywhere, and one end alone anchors the other. */
function asExpression(pattern: string): string {
  return pattern
    .split('|')
    .map((part) => {
      const [open, close] = [part.startsWith('('), part.endsWith(')')]
      const core = part.slice(open ? 1 : 0, close ? -1 : undefined)
      const [anyBefore, anyAfter] = [core.startsWith('%'), core.endsWith('%')]
      const middle = core.replace(/^%+/, '').replace(/%+$/, '').replaceAll(/%+/g, '.*')
      // Without any % in it the part is a regular expression already.
      const [start, end] = anyBefore === anyAfter ? ['', ''] : [anyBefore ? '' : '^', anyAfter ? '' : '$']
      return `${open ? '(' : ''}${start}${middle}${end}${close ? ')' : ''}`
    })
    .join('|')
}

/** Signs that hardly stand in a name; brackets, pipes and dots do. */
function isRegularExpression(pattern: string): boolean {
  if (/^\^|\.[*+]|\(\?|\\[dwsb]|\[[a-z0-9]-[a-z0-9]\]|\][+*]/i.test(pattern)) return true
  return !pattern.includes('%') && (/[a-z]\$$/i.test(pattern) || /^\([^()|]+\|[^()]+\)$/.test(pattern))
}

/** The same as a pattern of LIKE, where it has no more than ends and gaps; null otherwise. */
function asLikePattern(pattern: string): string | null {
  const [atStart, atEnd] = [pattern.startsWith('^'), pattern.endsWith('$')]
  const core = pattern.slice(atStart ? 1 : 0, atEnd ? -1 : undefined).replaceAll(/\.[*+]/g, '%')
  if (/[\^$.*+?()[\]{}|\\]/.test(core)) return null
  return `${atStart || core.startsWith('%') ? '' : '%'}${core}${atEnd || core.endsWith('%') ? '' : '%'}`
}

/** The operator of a comparison as another word, NOT kept. */
function operator(context: RuleContext, { operand, pattern, operator: old }: Like, word: string): Edit[] {
  const end = context.tokenBefore(context.withParentheses(pattern).from)
  const start = old === 'LIKE' ? end : end === null ? null : context.tokenBefore(end.from)
  if (start === null || end === null || start.from < operand.to) return []
  return [replace({ from: start.from, to: end.to }, word)]
}
