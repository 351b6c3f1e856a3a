import type { Diagnostic, Position } from '@recomamp/amc-sql'
import { type Excerpt, excerptOf } from './excerpt.ts'
import type { LineIndex } from './line-index.ts'

/** A diagnostic as people and other programs read it: by line and column from 1, the end inclusive. */
export interface Finding extends Pick<Diagnostic, 'code' | 'severity' | 'message' | 'help'> {
  from: Position
  to: Position
  excerpt: Excerpt
  fixes: PlacedFix[]
}

interface PlacedFix {
  title: string
  edits: FixPlace[]
  /** False where a person must choose it. */
  isSafe: boolean
}

/** What a fix puts in which place; here the end is exclusive, since a place may be empty. */
export interface FixPlace {
  from: Position
  end: Position
  text: string
}

/** A diagnostic with its places; one without an extent has the sign at which it stands. */
export function findingOf(diagnostic: Diagnostic, lines: LineIndex): Finding {
  const { code, severity, message, help, fixes = [] } = diagnostic
  const from = lines.positionOf(diagnostic.from)
  const to = lines.positionOf(Math.max(diagnostic.from, diagnostic.to - 1))
  return {
    code,
    severity,
    message,
    ...(help !== undefined && { help }),
    from,
    to,
    excerpt: excerptOf(lines.lineText(from.line), from, to),
    fixes: fixes.map(({ title, edits, suggestion }) => ({
      title,
      isSafe: suggestion !== true,
      edits: edits.map((edit) => ({
        from: lines.positionOf(edit.from),
        end: lines.positionOf(edit.to),
        text: edit.text,
      })),
    })),
  }
}

/** What is wrong and the way out, as one text. */
export function fullMessage({ message, help }: Pick<Finding, 'message' | 'help'>): string {
  if (help === undefined) return message
  return /[.?!]$/.test(message) ? `${message} ${help}` : `${message}. ${help}`
}
