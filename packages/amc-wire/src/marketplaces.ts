/** Marketplaces that AMC accounts belong to (guide get-started/make-your-first-call); Amazon writes UK for GB. */
export const marketplaces = [
  { countryCode: 'US', id: 'ATVPDKIKX0DER' },
  { countryCode: 'CA', id: 'A2EUQ1WTGCTBG2' },
  { countryCode: 'MX', id: 'A1AM78C64UM0Y8' },
  { countryCode: 'BR', id: 'A2Q3Y263D00KWC' },
  { countryCode: 'GB', id: 'A1F83G8C2ARO7P' },
  { countryCode: 'DE', id: 'A1PA6795UKMFR9' },
  { countryCode: 'FR', id: 'A13V1IB3VIYZZH' },
  { countryCode: 'IT', id: 'APJ6JRA9NG5V4' },
  { countryCode: 'ES', id: 'A1RKKUPIHCS9HS' },
  { countryCode: 'NL', id: 'A1805IZSGTT6HS' },
  { countryCode: 'SE', id: 'A2NODRKZP88ZB9' },
  { countryCode: 'TR', id: 'A33AVAJ2PDY3EV' },
  { countryCode: 'SA', id: 'A17E79C6D8DWNP' },
  { countryCode: 'AE', id: 'A2VIGQ35RCS4UG' },
  { countryCode: 'JP', id: 'A1VC38T7YXB528' },
  { countryCode: 'AU', id: 'A39IBJ37TRP1C6' },
  { countryCode: 'IN', id: 'A21TJRUUN4KGV' },
] as const

/** The ISO 3166 code of a marketplace's country; null for one that this table does not know. */
export function countryOfMarketplace(marketplaceId: string): string | null {
  return marketplaces.find((known) => known.id === marketplaceId)?.countryCode ?? null
}
