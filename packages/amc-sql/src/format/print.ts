import type { Doc } from './doc.ts'
import type { Piece, Remark } from './pieces.ts'

const step = 2

interface Task {
  doc: Doc
  indent: number
  /** False inside a group that stands on one line. */
  broken: boolean
  /** The next part of a fill. */
  at: number
}

/** The text of a document in lines of at most `width` columns where its words allow it. */
export function print(doc: Doc, width: number, lineBreak: string): string {
  return new Printer(width, lineBreak).print(doc)
}

class Printer {
  readonly #width: number
  readonly #lineBreak: string
  readonly #out: string[] = []
  #column = 0
  /** The indentation of a line that is still to begin. */
  #pendingBreak: number | null = 0
  #pendingBlankLine = false
  #pendingSpace = false
  /** The last text ends its line, whatever comes next. */
  #mustBreak = false
  /** The piece whose lead is printed already. */
  #led: Piece | null = null

  constructor(width: number, lineBreak: string) {
    this.#width = width
    this.#lineBreak = lineBreak
  }

  print(doc: Doc): string {
    const tasks: Task[] = [{ doc, indent: 0, broken: true, at: 0 }]
    for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) this.#one(task, tasks)
    return this.#out.join('')
  }

  #one(task: Task, tasks: Task[]): void {
    const { doc, indent, broken } = task
    switch (doc.kind) {
      case 'word':
        return this.#word(doc.piece, indent, doc.bare)
      case 'remarks':
        return this.#remarks(doc.piece.before, indent)
      case 'space':
        this.#pendingSpace = true
        return
      case 'line':
        if (broken) this.#newLine(indent)
        else if (doc.flat > 0) this.#pendingSpace = true
        return
      case 'hard':
        this.#newLine(indent)
        if (doc.piece?.gap === 'blank line' && doc.piece.before.length === 0) this.#pendingBlankLine = true
        return
      case 'indent':
        tasks.push({ ...task, doc: doc.body, indent: indent + step })
        return
      case 'group':
        if (doc.lead !== null) this.#lead(doc.lead, indent)
        tasks.push({ ...task, doc: doc.body, broken: broken && !this.#fits(doc.ledFlat, indent, tasks) })
        return
      case 'list':
        for (let at = doc.parts.length - 1; at >= 0; at -= 1) {
          const part = doc.parts[at]
          if (part !== undefined) tasks.push({ doc: part, indent, broken, at: 0 })
        }
        return
      case 'fill':
        this.#fill(doc, task, tasks)
    }
  }

  #fill(doc: Doc & { kind: 'fill' }, task: Task, tasks: Task[]): void {
    const { broken, at } = task
    const part = doc.parts[at]
    if (part === undefined) return
    const isLast = at === doc.parts.length - 1
    const indent = task.indent + (doc.hangs && at > 0 ? step : 0)
    if (at > 0) {
      this.#pendingSpace = true
      if (broken && !this.#fits(part.flat, indent, isLast ? tasks : [])) this.#newLine(indent)
    }
    if (!isLast) tasks.push({ ...task, at: at + 1 })
    tasks.push({ doc: part, indent, broken, at: 0 })
  }

  /** Whether so many columns fit here, with what must follow them on the same line. */
  #fits(flat: number, indent: number, tasks: readonly Task[]): boolean {
    if (flat === Infinity) return false
    const begun = this.#mustBreak ? indent : this.#column + (this.#pendingSpace ? 1 : 0)
    let column = flat + (this.#pendingBreak ?? begun)
    for (let at = tasks.length - 1; at >= 0 && column <= this.#width; at -= 1) {
      const task = tasks[at]
      if (task === undefined || task.at > 0) break
      column += task.doc.head
      if (task.doc.breakable) break
    }
    return column <= this.#width
  }

  #word(piece: Piece, indent: number, bare: boolean): void {
    if (bare) this.#lead({ ...piece, before: [] }, indent)
    else this.#lead(piece, indent)
    this.#text(piece.text, indent)
    this.#mustBreak = piece.endsLine
    for (const remark of piece.after) this.#remark(remark, indent)
  }

  /** What comes in front of a piece: comments, and the line break or blank behind them. */
  #lead(piece: Piece, indent: number): void {
    if (piece === this.#led) return
    this.#led = piece
    if (piece.before.length > 0) {
      this.#remarks(piece.before, indent)
      if (piece.gap === 'break' || piece.gap === 'blank line') this.#newLine(indent)
      else this.#pendingSpace = true
      this.#pendingBlankLine = piece.gap === 'blank line'
    }
    if (piece.kept === 'break') this.#newLine(indent)
    if (piece.kept === 'line') this.#stay(piece)
  }

  #remarks(remarks: readonly Remark[], indent: number): void {
    for (const remark of remarks) {
      if (remark.starts) this.#newLine(indent)
      this.#pendingBlankLine = remark.blank
      this.#remark(remark, indent)
    }
  }

  #remark(remark: Remark, indent: number): void {
    this.#pendingSpace = true
    this.#text(remark.text, indent)
    this.#mustBreak = remark.endsLine
  }

  #newLine(indent: number): void {
    this.#pendingBreak = indent
    this.#mustBreak = false
  }

  /** Takes back a line break in front of a piece that must stay on its line. */
  #stay(piece: Piece): void {
    if (this.#mustBreak || this.#out.length === 0) return
    if (this.#pendingBreak !== null) this.#pendingSpace = piece.spaced
    this.#pendingBreak = null
  }

  #text(text: string, indent: number): void {
    if (text === '') return
    if (this.#mustBreak) this.#newLine(indent)
    if (this.#pendingBreak !== null) {
      if (this.#out.length > 0) this.#out.push(this.#lineBreak, this.#pendingBlankLine ? this.#lineBreak : '')
      this.#out.push(' '.repeat(this.#pendingBreak))
      this.#column = this.#pendingBreak
    } else if (this.#pendingSpace) {
      this.#out.push(' ')
      this.#column += 1
    }
    this.#out.push(text)
    const lastBreak = text.lastIndexOf('\n')
    this.#column = lastBreak === -1 ? this.#column + text.length : text.length - lastBreak - 1
    this.#pendingBreak = null
    this.#pendingBlankLine = false
    this.#pendingSpace = false
  }
}
