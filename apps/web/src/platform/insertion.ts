/** Takes a name into the text that somebody writes. */
type Insert = (name: string) => void

let open: Insert | null = null

/** A name on its way into a text that is not open. Whoever turned elsewhere meanwhile does not expect it any more. */
let waiting: { name: string; until: number } | null = null
const waitsMs = 60_000

/** Offers the way into an open text for as long as it is open; answers how to withdraw it. */
export function offerInsertion(insert: Insert): () => void {
  open = insert
  return () => {
    if (open === insert) open = null
  }
}

/** The way into the open text; null while none is open. */
export function openInsertion(): Insert | null {
  return open
}

/** Leaves a name for the text that is opened next. */
export function leaveInsertion(name: string): void {
  waiting = { name, until: Date.now() + waitsMs }
}

export function insertionWaits(): boolean {
  return waiting !== null && waiting.until >= Date.now()
}

/** What was left, once. */
export function takeInsertion(): string | null {
  const left = insertionWaits() ? waiting : null
  waiting = null
  return left?.name ?? null
}

/** Where the cursor was in a text when it was left, while the page stays open. */
const cursors = new Map<string, number>()

export function rememberCursor(text: string, cursor: number): void {
  cursors.set(text, cursor)
}

export function rememberedCursor(text: string): number | null {
  return cursors.get(text) ?? null
}
