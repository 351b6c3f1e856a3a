import { z } from 'zod'
import { maybe, numeric, text } from './tolerant.ts'

/** What the token endpoint answers. A refresh may leave the refresh token out: the old one then stays valid. */
export const TokenAnswer = z.object({
  access_token: z.string().min(1),
  token_type: maybe(z.string()),
  expires_in: numeric.pipe(z.number().positive()),
  refresh_token: maybe(z.string().min(1)),
  scope: maybe(z.string()),
})
export type TokenAnswer = z.infer<typeof TokenAnswer>

/** What the token endpoint answers instead of tokens: an error word of OAuth 2.0 and a sentence. */
export const TokenRefusal = z.object({
  error: z.string().min(1),
  error_description: maybe(text),
  request_id: maybe(z.string()),
})
export type TokenRefusal = z.infer<typeof TokenRefusal>

/** Who signed in. `user_id` is the identity; e-mail and name may be missing and may change. */
export const CustomerProfile = z.object({
  user_id: z.string().min(1),
  email: maybe(z.string()),
  name: maybe(z.string()),
})
export type CustomerProfile = z.infer<typeof CustomerProfile>

/** The scopes of this product: who it is, and AMC's administration and reporting. Separated by one space on the wire. */
export const signInScopes = ['profile', 'advertising::campaign_management'] as const
