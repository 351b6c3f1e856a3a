import { AmcError } from './amc-error.ts'
import { refusal } from './answer.ts'
import { textOf } from './body-text.ts'
import { reasonOf } from './send.ts'

export interface Download {
  body: ReadableStream<Uint8Array>
  /** Bytes of the whole file; null where the store does not say. */
  contentLength: number | null
}

const operation = 'download'

/** Opens a presigned link without any Amazon header: the link is the right. The body fails when nothing comes for `timeoutMs`.
 *  An expired link is an AmcError of kind `forbidden`; ask for fresh links then. */
export async function download(
  url: string,
  options: { fetch: typeof fetch; timeoutMs: number; signal: AbortSignal | undefined },
): Promise<Download> {
  const stalled = new AbortController()
  const signal = options.signal === undefined ? stalled.signal : AbortSignal.any([options.signal, stalled.signal])
  const answer = await within(options.timeoutMs, stalled, () =>
    // Without it the length would count compressed bytes.
    options.fetch(url, { signal, headers: { 'accept-encoding': 'identity' } }),
  )
  if (answer.status !== 200 || answer.body === null) {
    const body = await within(options.timeoutMs, stalled, () => textOf(answer, 1_000_000))
    throw refusal(operation, { status: answer.status, headers: answer.headers, body }, false, new Date())
  }
  const length = Number(answer.headers.get('content-length') ?? NaN)
  return {
    body: guarded(answer.body, options.timeoutMs, stalled),
    contentLength: Number.isFinite(length) ? length : null,
  }
}

/** The same bytes; the clock only runs while the reader waits, so that a slow reader is not taken for a stalled store. */
function guarded(body: ReadableStream<Uint8Array>, timeoutMs: number, stalled: AbortController) {
  const reader = body.getReader()
  let isWaiting = false
  // One timer for thousands of chunks.
  const timer = setTimeout(() => {
    if (isWaiting) stalled.abort(silence(timeoutMs))
  }, timeoutMs)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        isWaiting = true
        timer.refresh()
        try {
          const chunk = await reader.read()
          if (!chunk.done) return controller.enqueue(chunk.value)
        } catch (cause) {
          clearTimeout(timer)
          throw unreachable(cause)
        } finally {
          isWaiting = false
        }
        clearTimeout(timer)
        controller.close()
      },
      cancel: (reason) => {
        clearTimeout(timer)
        return reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

async function within<T>(timeoutMs: number, stalled: AbortController, work: () => Promise<T>): Promise<T> {
  const timer = setTimeout(() => stalled.abort(silence(timeoutMs)), timeoutMs)
  try {
    return await work()
  } catch (cause) {
    throw unreachable(cause)
  } finally {
    clearTimeout(timer)
  }
}

function silence(timeoutMs: number): Error {
  return new Error(`nothing came for ${timeoutMs} ms`)
}

function unreachable(cause: unknown): AmcError {
  return new AmcError('unreachable', operation, { detail: reasonOf(cause), cause })
}
