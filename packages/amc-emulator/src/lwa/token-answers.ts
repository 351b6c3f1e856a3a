import { randomBytes, randomUUID } from 'node:crypto'

/** Why the token endpoint says no, with status and sentence as public reports have them. */
export const tokenRefusals = {
  code: [400, 'invalid_grant', 'The request has an invalid grant parameter : code'],
  refreshToken: [
    400,
    'invalid_grant',
    "The request has an invalid grant parameter : refresh_token. User may have revoked or didn't grant the permission.",
  ],
  client: [401, 'invalid_client', 'Client authentication failed'],
  grantType: [
    400,
    'unsupported_grant_type',
    'The authorization grant type is not supported by the authorization server',
  ],
} as const satisfies Record<string, readonly [number, string, string]>

/** The body of a refusal, with the two fields that recent answers add. */
export function refusalBody(error: string, description: string) {
  return {
    error,
    error_description: description,
    error_index: randomBytes(24).toString('base64'),
    request_id: randomUUID(),
  }
}

/** The body of success. A refresh answers the same refresh token. */
export function tokenBody(accessToken: string, refreshToken: string, seconds: number) {
  return { access_token: accessToken, refresh_token: refreshToken, token_type: 'bearer', expires_in: seconds }
}
