import { isIP } from 'node:net'
import { Problem, type WebhookKind } from '@recomamp/contracts'
import { z } from 'zod'
import type { Config } from '#config.ts'
import { isReachable } from '#platform/outbound/reachable.ts'

/** Refuses what can never be reached at once, where somebody reads it; what a name leads to is looked at with every message. */
export function demandPossible(kind: WebhookKind, address: string, config: Config): void {
  const fault = kind === 'email' ? mailFault(address, config) : urlFault(address, config)
  if (fault !== null)
    throw new Problem('webhook-not-possible', fault, { errors: [{ path: 'address', message: fault }] })
}

function mailFault(address: string, { mailFrom }: Config): string | null {
  if (mailFrom === null) return 'This installation sends no letters: its operator sets SMTP_URL and SMTP_FROM'
  return z.email().safeParse(address).success ? null : 'It must be one e-mail address'
}

function urlFault(address: string, { outboundAllowedNetworks: networks }: Config): string | null {
  if (!URL.canParse(address)) return 'It must be a whole address that begins with https://'
  const { protocol, hostname, username, password } = new URL(address)
  if (protocol !== 'https:' && protocol !== 'http:') return 'It must begin with https://'
  if (username !== '' || password !== '') return 'It must hold no name or password; put a secret into its path'
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !isReachable(host, protocol, networks))
    return 'This is no public address, or it is reached without TLS; the operator may list its network in OUTBOUND_ALLOWED_NETWORKS'
  if (protocol === 'http:' && networks.length === 0) return 'It must begin with https://'
  return null
}

/** How an address is shown: whole, but the path of a chat's address is what lets one write there. */
export function shownAddress(kind: WebhookKind, address: string): string {
  if (kind !== 'slack') return address
  const { origin, pathname } = new URL(address)
  return `${origin}${pathname.slice(0, 4)}…`
}
