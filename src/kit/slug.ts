/** Short names for addresses: small letters, digits and hyphens, as in a host name. */

/** `Café Müller & Söhne` → `cafe-muller-sohne`; empty when nothing of a name can be used. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '')

/** The short name made from a name, with the first number that makes it free. */
export function freeSlug(name: string, isTaken: (slug: string) => boolean): string {
  const base = slugOf(name) || 'business'
  let slug = base
  for (let number = 2; isTaken(slug); number++) slug = `${base}-${number}`
  return slug
}
