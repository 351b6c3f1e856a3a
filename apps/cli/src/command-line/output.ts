import { once } from 'node:events'

/** Standard output or error. A reader that goes away (`| head`) is no error: what is written from then on is dropped. */
export class Output {
  readonly stream: NodeJS.WriteStream
  #open = true

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      this.#open = false
    })
  }

  /** False once the reader is gone. */
  get isOpen(): boolean {
    return this.#open
  }

  /** Resolves when more may be written, so that a slow reader holds the writer back. */
  async write(text: string): Promise<void> {
    if (!this.#open || text === '') return
    const { stream } = this
    const { promise: failed, resolve } = Promise.withResolvers<void>()
    const isTaken = stream.write(text, (error) => {
      if (error != null) resolve()
    })
    if (!isTaken) await Promise.race([once(stream, 'drain'), failed])
  }
}
