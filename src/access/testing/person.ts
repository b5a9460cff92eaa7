/** A member in a browser of his own: signs in through the front door, keeps its cookies, fills in forms. */
import { recordAudit } from '../../audit/record.ts'
import type { Shop } from '../../../tests/shop.ts'
import { createSetupLink } from '../setup-link.ts'
import { setUp } from '../set-up.ts'

export interface Answered {
  status: number
  location: string | undefined
  html: string
  /** What the next page says about what was done. */
  said: string
}

export type Send = (request: Request) => Promise<Response>

let people = 0

export class Person {
  readonly password = 'three gulls over the pier'
  readonly cookies = new Map<string, string>()

  private constructor(
    private readonly send: Send,
    private readonly shop: Shop,
    readonly id: string,
    readonly email: string,
    /** Where requests seem to come from, for a door that trusts the one in front of it. */
    readonly address = '',
    /** The short name that is typed where several businesses are at home. */
    readonly business = '',
  ) {}

  /** A new member who has signed in with the password. */
  static async enter(shop: Shop, role = 'owner', send?: Send, business?: string): Promise<Person> {
    const email = `person-${++people}@harbour.test`
    const wish = { name: `Person ${people}`, email, role }
    const { id, setup_path } = await shop.done<{ id: string; setup_path: string }>(
      'POST /v1/members',
      wish,
    )
    const door = send ?? ((request) => Promise.resolve(shop.house.app.handle(request)))
    return Person.#settle(new Person(door, shop, id, email, '', business), setup_path)
  }

  /** Somebody on the operator's staff, new or again, by a link from the terminal. */
  static async operator(shop: Shop, send?: Send, again?: Person): Promise<Person> {
    const email = again?.email ?? `staff-${++people}@operator.test`
    const { setup_path } = await createSetupLink(shop.data)
    const door = send ?? ((request) => Promise.resolve(shop.house.app.handle(request)))
    const person = new Person(door, shop, '', email)
    const { user_id } = await person.#useLink(setup_path, `Staff ${people}`)
    return Person.#signedIn(new Person(door, shop, user_id, email))
  }

  static async #settle(person: Person, setup_path: string): Promise<Person> {
    await person.#useLink(setup_path, '')
    return Person.#signedIn(person)
  }

  static async #signedIn(person: Person): Promise<Person> {
    const { status } = await person.signIn()
    if (status !== 303) throw new Error(`${person.email} cannot sign in: ${status}`)
    return person
  }

  #useLink(setup_path: string, name: string) {
    const newcomer = { name, email: this.email, password: this.password }
    const from = { ip: '', user_agent: 'test', request_id: 'req_test' }
    const { data } = this.shop
    return setUp(data, setup_path.replace('/setup/', ''), newcomer, from, recordAudit)
  }

  /** The same person in another browser, where nobody is signed in. */
  elsewhere(address = this.address): Person {
    return new Person(this.send, this.shop, this.id, this.email, address, this.business)
  }

  /** The same browser, from another address. */
  movedTo(address: string): Person {
    const moved = this.elsewhere(address)
    for (const [name, value] of this.cookies) moved.cookies.set(name, value)
    return moved
  }

  signIn(): Promise<Answered> {
    const { email, password, business } = this
    return this.post('/sign-in', { email, password, business })
  }

  look(path: string): Promise<Answered> {
    return this.#send(path, { method: 'GET' })
  }

  /** The markup of a page that is there. */
  async visit(path: string): Promise<string> {
    const { status, html } = await this.look(path)
    if (status !== 200) throw new Error(`${path}: ${status} ${html.slice(0, 1_000)}`)
    return html
  }

  /** Sends a form with the token of the session, as it stands on the page of the own account. */
  async post(path: string, fields: Record<string, string>): Promise<Answered> {
    const csrf_token = await this.#token()
    const body = new URLSearchParams({ ...(csrf_token && { csrf_token }), ...fields }).toString()
    return this.#send(path, { method: 'POST', body })
  }

  async #token(): Promise<string> {
    if (!this.cookies.has('stw_session')) return ''
    const { html } = await this.look('/sign-out')
    return /name="csrf_token" value="([^"]+)"/.exec(html)?.[1] ?? ''
  }

  async #send(path: string, init: { method: string; body?: string }): Promise<Answered> {
    const headers = {
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
      cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(this.address && { 'x-forwarded-for': this.address }),
    }
    const request = new Request(`http://localhost${path}`, { ...init, headers })
    const response = await this.send(request)
    this.#keep(response.headers.getSetCookie())
    const html = await response.text()
    const said = decodeURIComponent(this.cookies.get('stw_flash') ?? '')
    this.cookies.delete('stw_flash')
    const location = response.headers.get('location') ?? undefined
    return { status: response.status, location, html, said }
  }

  #keep(set: readonly string[]): void {
    for (const cookie of set) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      if (value && !/Max-Age=0(;|$)/i.test(cookie)) this.cookies.set(name!, value)
      else this.cookies.delete(name!)
    }
  }
}
