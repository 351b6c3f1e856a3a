import type { RunPreview } from '@recomamp/contracts'

/** One row of two texts side by side: the lines that belong together, counted from 0; null where one text has a line more. */
export interface AlignedRow {
  left: number | null
  right: number | null
  /** The texts differ here. */
  filled: boolean
}

/** The lines of a text and of what it became, row by row; the places that were filled tell where both go on together. */
export function alignedLines(template: string, sent: string, fills: RunPreview['fills']): AlignedRow[] {
  const leftLines = lineStarts(template)
  const rightLines = lineStarts(sent)
  const rows: AlignedRow[] = []
  let left = 0
  let right = 0
  for (const block of blocksOf(fills, leftLines, rightLines)) {
    while (left < block.left.first) rows.push({ left: left++, right: right++, filled: false })
    while (left <= block.left.last || right <= block.right.last)
      rows.push({
        left: left <= block.left.last ? left++ : null,
        right: right <= block.right.last ? right++ : null,
        filled: true,
      })
  }
  while (left < leftLines.length || right < rightLines.length)
    rows.push({
      left: left < leftLines.length ? left++ : null,
      right: right < rightLines.length ? right++ : null,
      filled: false,
    })
  return rows
}

interface Block {
  left: { first: number; last: number }
  right: { first: number; last: number }
}

/** The lines that each fill touches; fills that share a line are one block. */
function blocksOf(fills: RunPreview['fills'], leftLines: number[], rightLines: number[]): Block[] {
  const blocks: Block[] = []
  for (const { template, sent } of fills) {
    const left = { first: lineAt(leftLines, template.from), last: lineAt(leftLines, template.to) }
    const right = { first: lineAt(rightLines, sent.from), last: lineAt(rightLines, sent.to) }
    const before = blocks.at(-1)
    if (before !== undefined && (left.first <= before.left.last || right.first <= before.right.last)) {
      before.left.last = Math.max(before.left.last, left.last)
      before.right.last = Math.max(before.right.last, right.last)
    } else blocks.push({ left, right })
  }
  return blocks
}

/** Where each line of a text begins. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? Infinity) <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}
