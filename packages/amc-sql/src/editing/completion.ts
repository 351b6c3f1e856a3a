/** What kind of thing an item stands for; the editor shows a mark for each. */
export type CompletionKind =
  | 'column'
  /** An alias of the select list. */
  | 'alias'
  /** What a column can be qualified with: the alias or name of a member of FROM. */
  | 'relation'
  | 'table'
  | 'cte'
  | 'function'
  | 'keyword'
  /** A literal. */
  | 'value'
  /** A `{{name}}`, or the name of a parameter of AMC. */
  | 'parameter'
  /** The target of a CAST. */
  | 'type'
  | 'unit'
  /** A whole condition behind ON. */
  | 'join'
  | 'snippet'

export interface CompletionItem {
  /** Shown in the list, and what the typed word is compared with. */
  label: string
  /**
   * Replaces `from` to `to`. With `snippet` it holds places to fill in, `${1:text}`, in the order of their numbers; equal numbers are
   * filled together, the text is what stands there at first and holds no braces. Without it every character stands for itself.
   */
  insert: string
  snippet: boolean
  kind: CompletionKind
  /** One short line: type, threshold, unit and table of a column, the arguments of a function. */
  detail: string
  /** Plain text, '' where there is nothing to say. */
  documentation: string
  /** 0 to 99; the higher goes first. What is in scope has 70 and more. */
  rank: number
}

/** The items for a place, the highest rank first; filtering by what is typed between `from` and the cursor is left to the caller. */
export interface Completions {
  from: number
  /** The end of the word at the cursor, also behind it: `cam|paign` is replaced as a whole. */
  to: number
  items: CompletionItem[]
}

/** An item that is inserted as it is shown. */
export function plainItem(
  kind: CompletionKind,
  label: string,
  rank: number,
  more: Partial<CompletionItem> = {},
): CompletionItem {
  return { label, insert: label, snippet: false, kind, detail: '', documentation: '', rank, ...more }
}
