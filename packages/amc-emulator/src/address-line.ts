import type { Emulator } from './start-emulator.ts'

/** All that a client needs to be pointed at an emulator, as one line of JSON. */
export function addressLine(emulator: Emulator): string {
  return JSON.stringify({
    url: emulator.url,
    authorizeUrl: emulator.authorizeUrl,
    tokenUrl: emulator.tokenUrl,
    profileUrl: emulator.profileUrl,
    linksUrl: emulator.linksUrl,
    clientId: emulator.clientId,
    clientSecret: emulator.clientSecret,
    refreshToken: emulator.refreshToken,
    entityId: emulator.entityId,
    marketplaceId: emulator.marketplaceId,
    instanceId: emulator.instanceId,
    sandboxInstanceId: emulator.sandboxInstanceId,
  })
}
