/** One sentence that travels with a redirect and is said once on the next page. */
const name = 'stw_flash'

export const flashCookie = (say: string): string =>
  `${name}=${encodeURIComponent(say)}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax`

export const spentFlash = `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`

export function readFlash(request: Request): string | undefined {
  const cookies = request.headers.get('cookie') ?? ''
  const found = cookies.split(/;\s*/).find((cookie) => cookie.startsWith(`${name}=`))
  if (!found) return undefined
  try {
    return decodeURIComponent(found.slice(name.length + 1))
  } catch {
    // Cut off, or made up by others: it says nothing.
    return undefined
  }
}
