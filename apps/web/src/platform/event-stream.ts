import { AppEvent } from '@recomamp/contracts'
import { createParser } from 'eventsource-parser'

export interface EventStreamOptions {
  /** Opens the stream after the event that is named; rejects when that is not possible now. */
  open: (lastEventId: string | null, signal: AbortSignal) => Promise<Response>
  onEvent: (event: AppEvent) => void
  /** Told on each change between a stream that is open and one that is not. */
  onOpen: (open: boolean) => void
  signal: AbortSignal
  wait?: (ms: number, signal: AbortSignal) => Promise<void>
}

const longestPauseMs = 15_000

/** Reads events until the signal ends it. A lost stream is opened again, after a growing pause, behind the last event seen. */
export async function readEventStream(options: EventStreamOptions): Promise<void> {
  const wait = options.wait ?? pause
  let lastEventId: string | null = null
  let failures = 0
  while (!options.signal.aborted) {
    try {
      const answer = await options.open(lastEventId, options.signal)
      if (!answer.ok || answer.body === null) throw new Error(`The event stream answered ${answer.status}`)
      options.onOpen(true)
      failures = 0
      const parser = createParser({
        onEvent: (message) => {
          if (message.id !== undefined) lastEventId = message.id
          const event = readEvent(message.data)
          if (event !== null) options.onEvent(event)
        },
      })
      for await (const text of answer.body.pipeThrough(new TextDecoderStream())) parser.feed(text)
    } catch {
      failures += 1
    }
    if (options.signal.aborted) return
    options.onOpen(false)
    await wait(Math.min(longestPauseMs, 500 * 2 ** failures), options.signal)
  }
}

/** Null for an event that this version does not know: a newer server may tell more. */
function readEvent(data: string): AppEvent | null {
  try {
    return AppEvent.safeParse(JSON.parse(data)).data ?? null
  } catch {
    return null
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
