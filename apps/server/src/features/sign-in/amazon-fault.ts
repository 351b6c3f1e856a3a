import { AmcError, LwaError, explainAmcError, explainLwaError } from '@recomamp/amc-client'
import { NeedsReconnect } from './needs-reconnect.ts'

/** A failed call to Amazon in words for people: what it means, what to do, and what Amazon said. The same words for the same fault. */
export function wordsForFault(error: unknown): string {
  if (error instanceof AmcError) {
    const { cause, nextStep } = explainAmcError(error)
    const status = error.status === null ? '' : ` (${error.status})`
    const said = error.amcMessage === null ? '' : ` Amazon said${status}: ${error.amcMessage.slice(0, 500)}`
    return `${cause} ${nextStep}${said}`
  }
  if (error instanceof LwaError) {
    const { cause, nextStep } = explainLwaError(error)
    return `${cause} ${nextStep}`
  }
  if (error instanceof NeedsReconnect) return 'Sign in with Amazon again.'
  return 'Something went wrong here; the cause is in the log of the server.'
}
