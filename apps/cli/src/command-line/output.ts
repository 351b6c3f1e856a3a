import { CommandFailed } from './command-failed.ts'

/** Standard output or error. A reader that goes away (`| head`) is no failure: what is written from then on is dropped. */
export class Output {
  readonly stream: NodeJS.WriteStream
  #open = true

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream
    // Each write gets its own error; without a listener the event of the same error would end the process.
    stream.on('error', () => undefined)
  }

  /** False once the reader is gone. */
  get isOpen(): boolean {
    return this.#open
  }

  /** Resolves when the text is taken, so that a slow reader holds the writer back. */
  async write(text: string): Promise<void> {
    if (!this.#open || text === '') return
    const { promise, resolve } = Promise.withResolvers<Error | null | undefined>()
    this.stream.write(text, resolve)
    const error: NodeJS.ErrnoException | null | undefined = await promise
    if (error == null) return
    this.#open = false
    if (error.code !== 'EPIPE') throw new CommandFailed(1, `The output cannot be written: ${error.message}`)
  }
}
