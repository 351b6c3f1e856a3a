/** Consents given before this day last until they are revoked (Amazon's page on refresh tokens, as two public projects quote it). */
const limitedSince = Date.UTC(2026, 6, 30)
const consentDays = 365
const dayMs = 86_400_000

/** When Amazon ends a consent given at an instant; null for one that has no end. */
export function consentEndOf(consentedAt: Date): Date | null {
  return consentedAt.getTime() < limitedSince ? null : new Date(consentedAt.getTime() + consentDays * dayMs)
}
