import { BlockList, isIP, isIPv6 } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import type { NetworkSettings } from '../shared/shopDocuments.ts'

/** Addresses that no router of the internet carries: a shop's own network. */
const shopsOwn = new BlockList()
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
] as const)
  shopsOwn.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  ['fc00::', 7],
  ['fe80::', 10],
  ['::1', 128],
] as const)
  shopsOwn.addSubnet(net, prefix, 'ipv6')

/** `::ffff:192.168.1.5` is `192.168.1.5` under another name, and must not count as somebody else. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
}

export function isOnShopsNetwork(address: string): boolean {
  const plain = plainAddress(address)
  return isIP(plain) !== 0 && shopsOwn.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
}

/** What this machine is called: what a shop wrote down, or what the machine says of itself. The first is the one to type. */
export function namesOf({ names, address }: Pick<NetworkSettings, 'names' | 'address'>): readonly string[] {
  const own = address === null ? machinesNames() : [address]
  return [...new Set([...names, ...own])]
}

function machinesNames(): readonly string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap(list => list ?? [])
    .filter(one => !one.internal && one.family === 'IPv4' && isOnShopsNetwork(one.address))
    .map(one => one.address)
  const name = hostname()
    .toLowerCase()
    .replace(/\.local$/, '')
  return /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name) ? [...addresses, `${name}.local`, name] : addresses
}

/** As a browser writes it in an address and in `Host`. */
export function hostOf(name: string, port: number): string {
  const bare = isIPv6(name) ? `[${name}]` : name
  return port === 443 ? bare : `${bare}:${port}`
}
