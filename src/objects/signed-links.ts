/** Links that open one object for a while, without signing in: for label printers and e-mails. */
import { timestamp } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import { equalsSafely, hmacSha256 } from '../kit/secrets.ts'
import { parseKey } from './object-store.ts'

export interface ObjectLink {
  tenant_id: string
  key: string
  /** RFC 3339; whole seconds count. */
  expires_at: string
}

/** A link may live a week at most: what has to live longer is asked for again. */
const longest_ms = 7 * 24 * 60 * 60_000

export class SignedLinks {
  readonly #key: Uint8Array

  /** @param master_key the installation's; changing it ends every link */
  constructor(master_key: Uint8Array) {
    this.#key = hmacSha256(master_key, 'object links')
  }

  /** Path and query, to be put behind the public address: `/objects/<tenant>/<key>?expires=…`. */
  signLink(link: ObjectLink, now_ms: number): string {
    parseKey(link.key)
    const expires = Math.floor(Date.parse(link.expires_at) / 1_000)
    if (!(expires * 1_000 > now_ms) || expires * 1_000 > now_ms + longest_ms) {
      throw new Problem('invalid', 'A link ends in the future, within seven days.')
    }
    const path = `/objects/${link.tenant_id}/${link.key}`
    return `${path}?expires=${expires}&signature=${this.#sign(link.tenant_id, link.key, expires)}`
  }

  /**
   * What a link opens.
   * @param url absolute, or path and query
   * @throws Problem `not_found` for a link that we did not make, `forbidden` for one that has ended
   */
  readSignedLink(url: string, now_ms: number): ObjectLink {
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    const match = /^\/objects\/([a-z0-9_]{1,64})\/([^/]+\/[^/]+)$/.exec(pathname)
    const expires = searchParams.get('expires') ?? ''
    if (!match || !/^\d{1,12}$/.test(expires)) throw notALink()
    const [, tenant_id, key] = match as unknown as [string, string, string]
    parseKey(key)
    const signature = this.#sign(tenant_id, key, Number(expires))
    if (!equalsSafely(signature, searchParams.get('signature') ?? '')) throw notALink()
    if (Number(expires) * 1_000 <= now_ms) {
      throw new Problem('forbidden', 'This link has ended. Ask for a new one.')
    }
    return { tenant_id, key, expires_at: timestamp(Number(expires) * 1_000) }
  }

  #sign(tenant_id: string, key: string, expires: number): string {
    return hmacSha256(this.#key, `${tenant_id}\n${key}\n${expires}`).toString('base64url')
  }
}

const notALink = (): Problem => new Problem('not_found', 'There is nothing at this link.')
