/** Amazon's public addresses by region (guides authorization-grants, access-tokens and make-your-first-call). */
export interface AmazonHosts {
  /** The consent page in the browser. */
  readonly authorizeUrl: string
  readonly tokenUrl: string
  /** Stands on the token endpoint's host. */
  readonly profileUrl: string
  /** Base of every `/amc/…` path. */
  readonly adsApiUrl: string
}

/** A grant and a token of one region work in all; the nearest host is the fastest. */
export const amazonHosts: Readonly<Record<'na' | 'eu' | 'fe', AmazonHosts>> = {
  na: {
    authorizeUrl: 'https://www.amazon.com/ap/oa',
    tokenUrl: 'https://api.amazon.com/auth/o2/token',
    profileUrl: 'https://api.amazon.com/user/profile',
    adsApiUrl: 'https://advertising-api.amazon.com',
  },
  eu: {
    authorizeUrl: 'https://eu.account.amazon.com/ap/oa',
    tokenUrl: 'https://api.amazon.co.uk/auth/o2/token',
    profileUrl: 'https://api.amazon.co.uk/user/profile',
    adsApiUrl: 'https://advertising-api-eu.amazon.com',
  },
  fe: {
    authorizeUrl: 'https://apac.account.amazon.com/ap/oa',
    tokenUrl: 'https://api.amazon.co.jp/auth/o2/token',
    profileUrl: 'https://api.amazon.co.jp/user/profile',
    adsApiUrl: 'https://advertising-api-fe.amazon.com',
  },
}
