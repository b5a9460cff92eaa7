/** Somebody in the console: signs in through the front door, looks at pages, fills in their forms. */
import { recordAudit } from '../src/audit/record.ts'
import { setUp } from '../src/access/set-up.ts'
import { startSession } from '../src/access/sessions.ts'
import type { CallInit, Shop } from './shop.ts'

export interface Seen {
  status: number
  html: string
  /** Where a form led. */
  location: string | undefined
  /** What the next page says about what was done. */
  said: string
  /** The cookie of the session that began. */
  session: string | undefined
}

let people = 0

export class Browser {
  private constructor(
    private readonly shop: Shop,
    private readonly cookie: string,
  ) {}

  /** Comes in as a new member of the shop's organization, or of the one a token belongs to. */
  static enter(shop: Shop, role = 'owner', token?: string): Promise<Browser> {
    return Browser.#enter(shop, 'POST /v1/members', role, token ? { token } : {})
  }

  /** Comes in as somebody new of the platform's own people. */
  static async enterStaff(shop: Shop, role = 'operator'): Promise<Browser> {
    const token = await shop.operatorToken()
    return Browser.#enter(shop, 'POST /v1/platform/staff', role, { token })
  }

  static async #enter(shop: Shop, route: string, role: string, init: CallInit): Promise<Browser> {
    const email = `person-${++people}@harbour.test`
    const wish = { name: 'Mara', email, role }
    const { setup_path } = await shop.done<{ setup_path: string }>(route, wish, init)
    const newcomer = { name: 'Mara', email, password: 'three gulls over the pier' }
    const from = { ip: '', user_agent: 'test', request_id: 'req_test' }
    const link = setup_path.replace('/setup/', '')
    const signed = await setUp(shop.data, link, newcomer, from, recordAudit)
    const { organization_id } = signed
    const session = { organization_id, method: 'password', ip: '', user_agent: '' } as const
    const cookie = await startSession(shop.data, 'http://localhost', signed, session)
    return new Browser(shop, cookie.split(';')[0]!)
  }

  /** The same browser after it was let in somewhere else. */
  after({ session }: Seen): Browser {
    if (!session) throw new Error('nobody was let in')
    return new Browser(this.shop, session)
  }

  /** Looks at a page, whatever its status. */
  async look(path: string): Promise<Seen> {
    return this.#seen(new Request(`http://localhost${path}`, { headers: { cookie: this.cookie } }))
  }

  /** The markup of a page that is there. */
  async visit(path: string): Promise<string> {
    const { status, html } = await this.look(path)
    if (status !== 200) throw new Error(`${path}: ${status} ${html.slice(0, 2_000)}`)
    return html
  }

  /**
   * Fills in a form that stands on the page, with its hidden fields, and sends it.
   * @param typed fields by name; a list is a name that occurs several times
   * @param action the form's own; that of the page unless named
   */
  async submit(
    page: string,
    typed: Record<string, string | readonly string[]> = {},
    action = new URL(page, 'http://localhost').pathname,
  ): Promise<Seen> {
    const html = await this.visit(page)
    const form = html
      .split('<form ')
      .find((part) => part.startsWith(`method="post" action="${action}"`))
    if (!form) throw new Error(`${page} has no form ${action}`)
    const inside = form.slice(0, form.indexOf('</form>'))
    const fields = new URLSearchParams()
    const hidden = /<input type="hidden" name="([^"]*)" value="([^"]*)"/g
    for (const [, name, value] of inside.matchAll(hidden)) fields.append(name!, value!)
    for (const [name, values] of Object.entries(typed)) {
      fields.delete(name)
      for (const value of [values].flat()) fields.append(name, value)
    }
    return this.#seen(
      new Request(`http://localhost${action}`, {
        method: 'POST',
        headers: { cookie: this.cookie, 'content-type': 'application/x-www-form-urlencoded' },
        body: fields.toString(),
      }),
    )
  }

  async #seen(request: Request): Promise<Seen> {
    const response = await this.shop.house.app.handle(request)
    const cookies = response.headers.getSetCookie()
    const session = cookies.find((cookie) => cookie.startsWith('stw_session='))?.split(';')[0]
    const word = cookies.find((cookie) => !cookie.startsWith('stw_session=')) ?? ''
    const flash = /^[^=]+=([^;]*)/.exec(word)?.[1] ?? ''
    return {
      status: response.status,
      html: await response.text(),
      location: response.headers.get('location') ?? undefined,
      said: decodeURIComponent(flash),
      session,
    }
  }
}

/** What a page must not contain: markup from data, inline styles, inline scripts. */
export function misdeeds(html: string, hostile = '<b onclick=x>'): string[] {
  const tags = html.match(/<[a-z][^>]*>/g) ?? []
  const inline = tags.filter((tag) => /\s(style|on[a-z]+)=/.test(tag.replace(/"[^"]*"/g, '""')))
  return [...inline, ...(html.includes(hostile) ? [hostile] : [])]
}
