import ipaddr from 'ipaddr.js'

/** Whether a message may be sent to an IP address: to public ones by TLS, and to the operator's listed networks by any scheme. Everything
 *  that is neither is refused: private, loopback, link-local (where clouds keep their credentials), tunnels into those, multicast. */
export function isReachable(address: string, protocol: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const ip = ipaddr.process(address)
  if (networks.some((network) => isWithin(ip, network))) return true
  return protocol === 'https:' && isPublic(ip)
}

type Ip = ReturnType<typeof ipaddr.process>

function isWithin(ip: Ip, network: string): boolean {
  const [base, length] = network.includes('/')
    ? ipaddr.parseCIDR(network)
    : ([ipaddr.process(network), undefined] as const)
  if (base.kind() !== ip.kind()) return false
  return ip.match(base, length ?? (base.kind() === 'ipv4' ? 32 : 128))
}

function isPublic(ip: Ip): boolean {
  if (ip.range() !== 'unicast') return false
  // Of IPv6 only what is given to the internet at all (2000::/3).
  return ip.kind() === 'ipv4' || ip.match(ipaddr.parseCIDR('2000::/3'))
}
