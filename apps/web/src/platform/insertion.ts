/** Takes a name into the text that somebody writes. */
type Insert = (name: string) => void

let latest: Insert | null = null

/** Offers the way into an open text for as long as it is open; answers how to withdraw it. */
export function offerInsertion(insert: Insert): () => void {
  latest = insert
  return () => {
    if (latest === insert) latest = null
  }
}

/** The way into the open text; null while none is open. */
export function openInsertion(): Insert | null {
  return latest
}
