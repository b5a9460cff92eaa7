/** Addresses and ranges of the Internet; IPv4 inside IPv6 counts as IPv4. */
import ipaddr from 'ipaddr.js'
import { invalid } from './problem.ts'

export type IpRange = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** Reads `203.0.113.7`, `10.0.0.0/8`, `2001:db8::/32` or `::ffff:10.0.0.0/104`. */
export function readRange(text: string): IpRange | undefined {
  const whole = text.includes('/')
  if (whole ? !ipaddr.isValidCIDR(text) : !ipaddr.isValid(text)) return undefined
  if (!whole) {
    const address = ipaddr.process(text)
    return [address, address.kind() === 'ipv4' ? 32 : 128]
  }
  const [base, bits] = ipaddr.parseCIDR(text)
  const mapped = base.kind() === 'ipv6' && (base as ipaddr.IPv6).isIPv4MappedAddress()
  return mapped && bits >= 96 ? [(base as ipaddr.IPv6).toIPv4Address(), bits - 96] : [base, bits]
}

/**
 * Who is counted as one: an IPv4 address, or the 64 bits of IPv6 of which a single customer has all
 * the addresses. What is no address stays as it is.
 */
export function neighbourhoodOf(ip: string): string {
  if (!ip.includes(':') || !ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  const parts = (address as ipaddr.IPv6).parts.slice(0, 4)
  return `${parts.map((part) => part.toString(16)).join(':')}::/64`
}

/** @throws Problem `invalid` naming the first that is neither an address nor a range */
export function requireRanges(texts: readonly string[]): void {
  const wrong = texts.findIndex((text) => readRange(text) === undefined)
  if (wrong === -1) return
  throw invalid(`/allowed_ips/${wrong}`, `${texts[wrong]} is no address or CIDR range.`)
}

/** True when the address lies in one of the ranges. */
export function isWithin(ip: string, ranges: readonly IpRange[]): boolean {
  if (!ipaddr.isValid(ip)) return false
  const address = ipaddr.process(ip)
  return ranges.some(([base, bits]) => lies(address, base, bits))
}

/** True when every address of `inner` lies in one of the ranges of `outer`. */
export const isNarrower = (inner: readonly string[], outer: readonly string[]): boolean =>
  inner.length > 0 &&
  inner.every((text) => {
    const [base, bits] = readRange(text)!
    return outer.some((range) => {
      const [outer_base, outer_bits] = readRange(range)!
      return bits >= outer_bits && lies(base, outer_base, outer_bits)
    })
  })

const lies = (address: ipaddr.IPv4 | ipaddr.IPv6, base: typeof address, bits: number): boolean =>
  base.kind() === address.kind() && address.match(base as never, bits)
