import { type Language, language } from './language.ts'

/** A question of the page, and its answer under the same number. */
export interface Question {
  id: number
  name: keyof Language
  args: unknown[]
}

export type Answer = { id: number; value: unknown } | { id: number; fault: string }

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  void answerTo(data).then((answer) => postMessage(answer))
})

async function answerTo({ id, name, args }: Question): Promise<Answer> {
  try {
    const ask = language[name] as (...given: unknown[]) => unknown
    return { id, value: await ask(...args) }
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error) }
  }
}
