import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { AccessTokenId } from './ids.ts'
import { Instant, PageQuery, page } from './paging.ts'
import { TokenScope } from './roles.ts'

/** A token for programs: it acts for its person in one workspace, within its scopes and the person's role. */
export const PersonalToken = z.object({
  id: AccessTokenId,
  name: z.string(),
  /** Its first characters, to tell it apart. */
  hint: z.string(),
  scopes: z.array(TokenScope),
  createdAt: Instant,
  expiresAt: Instant,
  lastUsedAt: Instant.nullable(),
  /** Where it was last used from. */
  lastUsedFrom: z.string().nullable(),
})
export type PersonalToken = z.infer<typeof PersonalToken>

export const PersonalTokenSecret = z.string().regex(/^rcm_[\w-]{43}$/)

/** The longest that a token can live. */
export const tokenDaysAtMost = 366

export const listTokens = endpoint({
  method: 'GET',
  path: '/api/tokens',
  summary: "The person's access tokens in this workspace",
  tag: 'tokens',
  role: 'viewer',
  tokens: false,
  query: PageQuery,
  ok: { status: 200, body: page(PersonalToken) },
  problems: [],
})

/** The secret is in this answer only; the server keeps a hash. */
export const createToken = endpoint({
  method: 'POST',
  path: '/api/tokens',
  summary: 'Make an access token for programs',
  tag: 'tokens',
  role: 'viewer',
  tokens: false,
  body: z.strictObject({
    name: z.string().trim().min(1).max(100),
    scopes: z
      .array(TokenScope)
      .min(1)
      .refine((scopes) => new Set(scopes).size === scopes.length, 'names a scope twice'),
    days: z.number().int().min(1).max(tokenDaysAtMost),
  }),
  ok: { status: 201, body: z.object({ token: PersonalToken, secret: PersonalTokenSecret }) },
  problems: [],
})

export const revokeToken = endpoint({
  method: 'DELETE',
  path: '/api/tokens/:tokenId',
  summary: 'End an access token',
  tag: 'tokens',
  role: 'viewer',
  tokens: false,
  params: z.strictObject({ tokenId: AccessTokenId }),
  ok: { status: 204, body: z.undefined() },
  problems: ['token-not-found'],
})
