import type { Range } from '@recomamp/amc-catalogue/search'

/** A text with what a search found in it marked. */
export function Highlighted({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  const pieces = ranges.map(([from, to], index) => (
    <span key={from}>
      {text.slice(ranges[index - 1]?.[1] ?? 0, from)}
      <mark className="bg-accent-tint-2 text-text rounded-2 underline">{text.slice(from, to)}</mark>
    </span>
  ))
  return (
    <span className="cut">
      {pieces}
      {text.slice(ranges.at(-1)?.[1] ?? 0)}
    </span>
  )
}
