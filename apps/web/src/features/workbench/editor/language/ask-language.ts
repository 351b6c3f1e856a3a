import type { Schema } from '@recomamp/amc-sql'
import type { Language } from './language.ts'
import type { Answer, Question } from './language.worker.ts'

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void }

let worker: Worker | null = null
let asked = 0
let taught: Schema | null = null
const waiting = new Map<number, Waiting>()

/**
 * Asks about AMC SQL in a thread of its own, so that no answer, however long it takes, holds a key up. An answer that needs a part of
 * the language that is not loaded yet comes when it is, so it may come after later ones. Rejects where the browser could not load it.
 */
export function askLanguage<Name extends keyof Language>(
  name: Name,
  ...args: Parameters<Language[Name]>
): Promise<Awaited<ReturnType<Language[Name]>>> {
  worker ??= start()
  const id = (asked += 1)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  worker.postMessage({ id, name, args } satisfies Question)
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
}

/** Says which tables all later questions are about; null while they are not known. They are sent once. */
export function teachTables(tables: Schema | null): void {
  if (tables === taught) return
  taught = tables
  askLanguage('learn', tables).catch(() => undefined)
}

function start(): Worker {
  const started = new Worker(new URL('./language.worker.ts', import.meta.url), { type: 'module' })
  started.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    const one = waiting.get(data.id)
    waiting.delete(data.id)
    if ('fault' in data) one?.reject(new Error(data.fault))
    else one?.resolve(data.value as never)
  })
  started.addEventListener('error', () => {
    for (const { reject } of waiting.values()) reject(new Error('The browser could not load the AMC SQL language'))
    waiting.clear()
    // The next question tries again.
    worker = null
    taught = null
  })
  return started
}
