import type { Explanation } from './explanation.ts'
import type { LwaErrorKind } from './lwa-error.ts'

const byKind: Readonly<Record<LwaErrorKind, Omit<Explanation, 'title'>>> = {
  'invalid-grant': {
    id: 'lwa-invalid-grant',
    cause:
      'Amazon no longer accepts the consent: it was withdrawn, it is older than a year, or the code was used or too old.',
    nextStep: 'Sign in with Amazon again.',
  },
  'invalid-client': {
    id: 'lwa-invalid-client',
    cause: 'Amazon does not accept this installation’s client id and secret.',
    nextStep:
      'Whoever runs this server checks AMAZON_CLIENT_ID and AMAZON_CLIENT_SECRET against the security profile. Nobody has to sign in again.',
  },
  'profile-refused': {
    id: 'lwa-profile-refused',
    cause: 'Amazon does not say who signed in: the consent lacks the scope “profile”, or the token has expired.',
    nextStep: 'Sign in with Amazon again and agree to the profile.',
  },
  refused: {
    id: 'lwa-refused',
    cause: 'Login with Amazon refused the request.',
    nextStep: 'It is tried again by itself. If it stays, Amazon’s words in the server’s log say what it objects to.',
  },
  unavailable: {
    id: 'lwa-unavailable',
    cause: 'Login with Amazon did not answer, or asked to be called less often.',
    nextStep: 'Nothing to do: it is tried again by itself, and the sign-in stays.',
  },
  unreadable: {
    id: 'lwa-unreadable',
    cause: 'The answer of Login with Amazon has a form that it has never been seen to send.',
    nextStep: 'It is tried again by itself, and the sign-in stays. A proxy may answer in Amazon’s place.',
  },
}

/** What an error of Login with Amazon means. */
export function explainLwaError(error: { kind: LwaErrorKind }): Omit<Explanation, 'title'> {
  return byKind[error.kind]
}
