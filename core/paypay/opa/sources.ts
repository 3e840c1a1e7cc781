import { BlockList, isIP } from 'node:net'

/**
 * From where PayPay posts (FAQ 4414062832143, as integrators quote it: check it against PayPay's page before you rely on it; of the
 * sandbox's last one two forms are about, so both are taken).
 */
export const webhookSources = {
  PROD: ['52.68.128.8', '52.192.112.175', '13.115.29.37', '13.208.67.224', '13.208.235.224', '13.208.127.89'],
  STAGING: [
    '13.112.237.64',
    '54.199.212.149',
    '13.208.106.122',
    '13.208.115.200',
    '13.208.152.196',
    '52.199.148.9',
    '52.199.148.95',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>

/**
 * Is the connection's own address one of PayPay's? `address`: the socket's remote address (IPv4, or IPv4 in IPv6), never a
 * header's, which anybody can write, unless a proxy of yours has written it.
 */
export function isFromPaypay(address: string, allowed: readonly string[] = webhookSources.PROD): boolean {
  const family = isIP(address)
  if (family === 0) return false
  const list = new BlockList()
  for (const one of allowed) list.addAddress(one)
  return list.check(address, family === 6 ? 'ipv6' : 'ipv4')
}
