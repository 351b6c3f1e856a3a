import { createLwaClient, type LwaClient } from '@recomamp/amc-client'
import { amazonHosts } from '@recomamp/amc-wire'
import type { Provider, Region } from '@recomamp/contracts'
import type { Config, Secrets } from '#config.ts'

/** Where a sign-in and its AMC calls go. */
export interface ProviderAddresses {
  readonly clientId: string
  readonly clientSecret: string
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly profileUrl: string
  readonly adsApiUrl: string
}

/** The providers of this server. */
export interface Providers {
  /** Null where the provider is not configured. */
  addresses(provider: Provider, region: Region): ProviderAddresses | null
  lwa(provider: Provider, region: Region): LwaClient | null
}

/** The addresses of both providers: `sandbox` is null where no emulator runs; Amazon needs a client id in the settings. */
export function createProviders(config: Config, secrets: Secrets, sandbox: ProviderAddresses | null): Providers {
  function addresses(provider: Provider, region: Region): ProviderAddresses | null {
    if (provider === 'sandbox') return sandbox
    if (config.amazon === null || secrets.amazonClientSecret === null) return null
    const hosts = amazonHosts[region]
    return {
      clientId: config.amazon.clientId,
      clientSecret: secrets.amazonClientSecret,
      authorizeUrl: config.amazon.authorizeUrl ?? hosts.authorizeUrl,
      tokenUrl: config.amazon.tokenUrl ?? hosts.tokenUrl,
      profileUrl: config.amazon.profileUrl ?? hosts.profileUrl,
      adsApiUrl: config.amazon.adsApiUrl ?? hosts.adsApiUrl,
    }
  }
  return {
    addresses,
    lwa(provider, region) {
      const found = addresses(provider, region)
      return found === null ? null : createLwaClient(found)
    },
  }
}
