/** A command that ends with a sentence for people instead of its result. */
export class CommandFailed extends Error {
  readonly exitCode: number

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CommandFailed'
    this.exitCode = exitCode
  }
}

/** A command line that cannot be understood; the message names the word and the way out. */
export class UsageError extends CommandFailed {
  constructor(message: string, options?: ErrorOptions) {
    super(2, message, options)
    this.name = 'UsageError'
  }
}
