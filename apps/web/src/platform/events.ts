import type { AppEvent } from '@recomamp/contracts'
import { eventsPath } from '@recomamp/contracts'
import { useEffect, useSyncExternalStore } from 'react'
import { apiAddress } from './api-origin.ts'
import { tabs, tokens } from './api.ts'
import { readEventStream } from './event-stream.ts'

const eventListeners = new Set<(event: AppEvent) => void>()
const openListeners = new Set<() => void>()
/** Null until the first try has been answered, so that a page load does not begin with a warning. */
let open: boolean | null = null

function setOpen(next: boolean): void {
  if (open === next) return
  open = next
  for (const listener of openListeners) listener()
}

function deliver(event: AppEvent): void {
  for (const listener of eventListeners) listener(event)
}

async function openStream(lastEventId: string | null, signal: AbortSignal): Promise<Response> {
  const token = tokens.current() ?? (await tokens.renew(null))
  const send = (bearer: string) =>
    fetch(apiAddress(eventsPath), {
      headers: {
        accept: 'text/event-stream',
        authorization: `Bearer ${bearer}`,
        ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }),
      },
      signal,
    })
  const answer = await send(token)
  if (answer.status !== 401) return answer
  await answer.body?.cancel()
  return send(await tokens.renew(token))
}

async function leadStream(signal: AbortSignal): Promise<void> {
  await tabs.leading
  await readEventStream({
    open: openStream,
    onEvent(event) {
      deliver(event)
      tabs.tell({ kind: 'event', event })
    },
    onOpen(next) {
      setOpen(next)
      tabs.tell({ kind: 'stream', open: next })
    },
    signal,
  })
}

/** Keeps the events flowing while somebody is signed in: the leading tab reads the stream, the others hear it from there. */
export function useEventStream(signedIn: boolean): void {
  useEffect(() => {
    if (!signedIn) return
    const stop = new AbortController()
    const unlisten = tabs.listen((message) => {
      if (message.kind === 'event') deliver(message.event)
      if (message.kind === 'stream') setOpen(message.open)
    })
    void leadStream(stop.signal)
    return () => {
      stop.abort()
      unlisten()
    }
  }, [signedIn])
}

/** Calls the listener for each event; it must keep its identity between renders. */
export function useAppEvents(listener: (event: AppEvent) => void): void {
  useEffect(() => {
    eventListeners.add(listener)
    return () => void eventListeners.delete(listener)
  }, [listener])
}

/** Whether changes arrive by themselves; false while the server does not answer, null before the first try. */
export function useStreamOpen(): boolean | null {
  return useSyncExternalStore(subscribeOpen, isStreamOpen)
}

export function isStreamOpen(): boolean | null {
  return open
}

function subscribeOpen(listener: () => void): () => void {
  openListeners.add(listener)
  return () => openListeners.delete(listener)
}
