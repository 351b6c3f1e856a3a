/** The person has to sign in with Amazon again; nothing was deleted. */
export class NeedsReconnect extends Error {
  override readonly name = 'NeedsReconnect'

  constructor(options?: ErrorOptions) {
    super('The connection to Amazon needs a new sign-in', options)
  }
}
