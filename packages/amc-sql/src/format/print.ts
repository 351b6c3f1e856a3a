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
  /** The next column, from 0; on a line without text the column where its text will begin. */
  #column = 0
  /** Nothing stands on the line yet. */
  #fresh = true
  #blank = false
  #spacePending = false
  /** The last text ends its line, whatever comes next. */
  #mustBreak = false

  constructor(width: number, lineBreak: string) {
    this.#width = width
    this.#lineBreak = lineBreak
  }

  print(doc: Doc): string {
    const tasks: Task[] = [{ doc, indent: 0, broken: true, at: 0 }]
    for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) this.#one(task, tasks)
    while (this.#fresh && this.#out.at(-1) === this.#lineBreak) this.#out.pop()
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
        this.#spacePending = true
        return
      case 'line':
        if (broken) this.#newLine(indent)
        else if (doc.flat > 0) this.#spacePending = true
        return
      case 'hard':
        this.#newLine(indent)
        if (doc.piece?.gap === 'blank line' && doc.piece.before.length === 0) this.#blankLine()
        return
      case 'indent':
        tasks.push({ ...task, doc: doc.body, indent: indent + step })
        return
      case 'group':
        tasks.push({ ...task, doc: doc.body, broken: broken && !this.#fits(doc.flat, indent, tasks) })
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
      this.#spacePending = true
      if (broken && !this.#fits(part.flat, indent, isLast ? tasks : [])) this.#newLine(indent)
    }
    if (!isLast) tasks.push({ ...task, at: at + 1 })
    tasks.push({ doc: part, indent, broken, at: 0 })
  }

  /** Whether so many columns fit here, with what must follow them on the same line. */
  #fits(flat: number, indent: number, tasks: readonly Task[]): boolean {
    if (flat === Infinity) return false
    let column = flat + (this.#mustBreak ? indent : this.#column + (this.#spacePending && !this.#fresh ? 1 : 0))
    for (let at = tasks.length - 1; at >= 0 && column <= this.#width; at -= 1) {
      const task = tasks[at]
      if (task === undefined || task.at > 0) break
      column += task.doc.head
      if (task.doc.breakable) break
    }
    return column <= this.#width
  }

  #word(piece: Piece, indent: number, bare: boolean): void {
    if (!bare && piece.before.length > 0) {
      this.#remarks(piece.before, indent)
      if (piece.gap === 'break' || piece.gap === 'blank line') this.#newLine(indent)
      else this.#spacePending = true
      if (piece.gap === 'blank line') this.#blankLine()
    }
    this.#text(piece.text, indent)
    this.#mustBreak = piece.endsLine
    for (const remark of piece.after) this.#remark(remark, indent)
  }

  #remarks(remarks: readonly Remark[], indent: number): void {
    for (const remark of remarks) {
      if (remark.starts) this.#newLine(indent)
      if (remark.blank) this.#blankLine()
      this.#remark(remark, indent)
    }
  }

  #remark(remark: Remark, indent: number): void {
    this.#spacePending = true
    this.#text(remark.text, indent)
    this.#mustBreak = remark.endsLine
  }

  #newLine(indent: number): void {
    this.#spacePending = false
    this.#mustBreak = false
    this.#column = indent
    if (this.#fresh) return
    this.#out.push(this.#lineBreak)
    this.#fresh = true
  }

  #blankLine(): void {
    if (this.#blank || !this.#fresh || this.#out.length === 0) return
    this.#out.push(this.#lineBreak)
    this.#blank = true
  }

  #text(text: string, indent: number): void {
    if (text === '') return
    if (this.#mustBreak) this.#newLine(indent)
    if (this.#fresh) this.#out.push(' '.repeat(this.#column))
    else if (this.#spacePending) {
      this.#out.push(' ')
      this.#column += 1
    }
    this.#out.push(text)
    const lastBreak = text.lastIndexOf('\n')
    this.#column = lastBreak === -1 ? this.#column + text.length : text.length - lastBreak - 1
    this.#fresh = false
    this.#blank = false
    this.#spacePending = false
  }
}
