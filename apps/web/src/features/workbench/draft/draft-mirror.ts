import { WorkflowContent } from '@recomamp/contracts'
import { z } from 'zod'

/** What the server had at the revision that a text follows, and the version that had begun from: over it the text is taken together with
 *  another one. */
export interface Known {
  content: WorkflowContent
  version: number
}

/** The unsent text as this browser keeps it, so that a closed tab or a dead server loses nothing. */
export interface Mirror {
  content: WorkflowContent
  revision: number
  baseVersion: number
  known?: Known | undefined
  /** What was sent and not answered when this was written: it may be the draft that the server has. */
  sent?: WorkflowContent | undefined
}

/** Where a tab keeps text over its own death. */
export interface MirrorStore {
  read: () => string | null
  write: (text: string | null) => void
  /** Calls the listener when the page goes, until it is called off. */
  onLeave: (listener: () => void) => () => void
}

const mirrorWithinMs = 200

/** Keeps unsent text in a store: shortly after a key, so that no key waits for it, and when the page goes. */
export function openMirror(store: MirrorStore) {
  let latest: Mirror | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let stay = () => {}
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    stay()
    store.write(latest === null ? null : JSON.stringify(latest))
  }
  return {
    readMirror: (): Mirror | null => (timer === undefined ? parse(store.read()) : latest),
    writeMirror(mirror: Mirror | null): void {
      latest = mirror
      if (mirror === null) return write()
      if (timer !== undefined) return
      timer = setTimeout(write, mirrorWithinMs)
      stay = store.onLeave(write)
    },
  }
}

const StoredMirror = z.object({
  content: WorkflowContent,
  revision: z.number(),
  baseVersion: z.number(),
  known: z.object({ content: WorkflowContent, version: z.number() }).optional(),
  sent: WorkflowContent.optional(),
})

function parse(text: string | null): Mirror | null {
  if (text === null) return null
  try {
    return StoredMirror.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
