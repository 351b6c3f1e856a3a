import type { Range } from '../../tree.ts'

/** What is known of the word at a place; `from` to `to` is the word. All texts are plain, without markup. */
export interface HoverCard extends Range {
  kind:
    | 'column'
    | 'table'
    | 'cte'
    /** The alias of a member of FROM. */
    | 'relation'
    /** An alias of the select list, or a name of a column list. */
    | 'alias'
    | 'function'
    | 'parameter'
    | 'keyword'
    /** A named window. */
    | 'window'
    /** A text of a call that has a meaning of its own, such as a duration. */
    | 'value'
  title: string
  /** One short line in the editor's letters: `LONG · microcents · LOW`, or the signature of a function. */
  detail: string
  description: string
  /** In the order in which they matter. */
  facts: HoverFact[]
  /** The columns of a WITH part, subquery or table, for a list below the facts. */
  columns: HoverColumn[]
}

export interface HoverFact {
  label: string
  value: string
}

export interface HoverColumn {
  name: string
  type: string
  threshold: string
  metric: boolean
}

/** A card without its place. */
export type CardBody = Omit<HoverCard, 'from' | 'to'>

export function card(kind: HoverCard['kind'], title: string, more: Partial<CardBody> = {}): CardBody {
  return { kind, title, detail: '', description: '', facts: [], columns: [], ...more }
}

/** The parts that hold something, between dots. */
export function line(...parts: (string | null | undefined)[]): string {
  return parts.filter((part) => part !== '' && part !== null && part !== undefined).join(' · ')
}
