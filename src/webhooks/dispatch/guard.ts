/** Decides whether an address may be called: public ones, and what the operator has allowed. */
import { lookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'

export type RefusalReason = 'name_not_found' | 'address_not_allowed' | 'insecure_url'

export class AddressRefused extends Error {
  constructor(
    readonly reason: RefusalReason,
    message: string,
  ) {
    super(message)
  }
}

/** All addresses of a host name; none when it does not exist. */
export type Resolve = (host: string) => Promise<readonly string[]>

export const resolveHost: Resolve = async (host) => {
  try {
    const found = await lookup(host, { all: true, order: 'ipv4first' })
    return found.map(({ address }) => address)
  } catch (error) {
    const { code } = error as { code?: string }
    throw new AddressRefused('name_not_found', `${host} cannot be resolved (${code ?? 'unknown'}).`)
  }
}

/** Where to connect: the very address that was checked, under the name that was asked for. */
export interface Target {
  /** The URL with the address in place of the name. */
  connect_url: string
  /** For the `Host` header. */
  host: string
  /** What the certificate must be for; undefined when the URL names an address itself. */
  server_name: string | undefined
}

/**
 * Every address of a name must be allowed, not only the one that is used: a name that points inside
 * once is not to be trusted.
 * @param private_hosts host names and CIDR ranges that are allowed although they are not public
 * @throws AddressRefused
 */
export async function checkTarget(
  text: string,
  private_hosts: readonly string[],
  resolve: Resolve,
): Promise<Target> {
  const url = new URL(text)
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const literal = ipaddr.isValid(host)
  const addresses = literal ? [host] : await resolve(host)
  const [first] = addresses
  if (first === undefined) throw new AddressRefused('name_not_found', `${host} has no address.`)
  const named = private_hosts.includes(host)
  const allowed = named || addresses.every((address) => isIn(address, private_hosts))
  if (url.protocol !== 'https:' && !allowed) {
    throw new AddressRefused('insecure_url', 'Only https addresses are called.')
  }
  const refused = allowed
    ? undefined
    : addresses.find((address) => !isPublic(address) && !isIn(address, private_hosts))
  if (refused !== undefined) {
    const detail = refused === host ? host : `${host} is ${refused}, which`
    throw new AddressRefused('address_not_allowed', `${detail} is not a public address.`)
  }
  const connect = new URL(url)
  connect.hostname = first.includes(':') ? `[${first}]` : first
  return {
    connect_url: connect.href,
    host: url.host,
    server_name: literal ? undefined : host,
  }
}

/** An IPv4 address in IPv6 clothes is judged as what it is. */
const isPublic = (address: string): boolean => ipaddr.process(address).range() === 'unicast'

function isIn(address: string, ranges: readonly string[]): boolean {
  const parsed = ipaddr.process(address)
  return ranges
    .filter((range) => ipaddr.isValidCIDR(range))
    .some((range) => {
      const [network, bits] = ipaddr.parseCIDR(range)
      return network.kind() === parsed.kind() && parsed.match(network, bits)
    })
}
