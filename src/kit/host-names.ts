/** Host names: what may be one, and how it is written. */

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
const host_name = new RegExp(`^(${label}\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`)
const single = new RegExp(`^${label}$`)

/** `Shop.Exämple.com.` → `shop.xn--exmple-cua.com`; undefined when it is no public host name. */
export function readHostName(text: string): string | undefined {
  const typed = text.trim().replace(/\.$/, '')
  // An address has no letters in its last part; a port, a path or a user is not part of a name.
  if (!typed || /[\s/:@?#%\\]/.test(typed) || !URL.canParse(`http://${typed}`)) return undefined
  const host = new URL(`http://${typed}`).hostname
  return host.length <= 253 && host_name.test(host) ? host : undefined
}

/** True for one part of a host name: small letters, digits and hyphens. */
export const isLabel = (text: string): boolean => single.test(text)

/** The name without a port, as it stands in a `Host` header. */
export const withoutPort = (host: string): string => host.toLowerCase().replace(/:\d+$/, '')
