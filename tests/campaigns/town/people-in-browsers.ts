/** People with a second factor, at the door of the first business: no code, no way in. */
import { generateSync } from 'otplib'
import { Person } from '../../../src/access/testing/person.ts'
import { require } from '../simulation/model.ts'
import type { Town } from './town.ts'

interface Guarded {
  person: Person
  secret: string | undefined
  /** The code that was taken last, and when. */
  spent: string | undefined
}

const page = '/account/second-factor'
const most_people = 4

export class Browsers {
  readonly #people: Guarded[] = []
  /** What happened, and how often. */
  readonly outcomes = new Map<string, number>()

  constructor(private readonly town: Town) {}

  async act(): Promise<void> {
    const { random } = this.town
    if (this.#people.length < most_people) await this.#enter()
    if (this.#people.length === 0) return
    const guarded = random.pick(this.#people)
    if (!guarded.secret) return this.#enrol(guarded)
    await random.pick([this.#comeIn, this.#comeIn, this.#guess, this.#replay])(guarded)
  }

  #count(what: string): void {
    this.outcomes.set(what, (this.outcomes.get(what) ?? 0) + 1)
  }

  #code = (secret: string): string =>
    generateSync({ secret, epoch: Math.floor(this.town.real.clock.now() / 1_000) })

  async #enter(): Promise<void> {
    const entered = Person.enter(this.town.real, 'member', undefined, 'harbour')
    const person = await entered.catch((error: Error) => error)
    // A paused business, or one without a seat, takes nobody in.
    if (person instanceof Error) {
      require(/40[39]|limit_reached|forbidden/.test(person.message), person.message)
      return this.#count('not taken in')
    }
    this.#people.push({ person, secret: undefined, spent: undefined })
    this.#count('came')
  }

  async #enrol(guarded: Guarded): Promise<void> {
    const { person } = guarded
    const begun = await person.post(page, {})
    const secret = /name="secret" value="([A-Z2-7]+)"/.exec(begun.html)?.[1]
    // Signed out meanwhile, removed by somebody, or the business is paused.
    if (!secret) return this.#forget(guarded, begun.status)
    const code = this.#code(secret)
    const done = await person.post(`${page}/confirm`, { secret, code })
    if (done.status !== 200) return this.#forget(guarded, done.status)
    Object.assign(guarded, { secret, spent: code })
    this.#count('enrolled')
  }

  #forget(guarded: Guarded, status: number): void {
    require(status < 500, `the door of a browser: ${status}`)
    this.#people.splice(this.#people.indexOf(guarded), 1)
    this.#count('went')
  }

  async #halfWay(guarded: Guarded): Promise<Person | undefined> {
    const browser = guarded.person.elsewhere()
    const half = await browser.signIn()
    const is_half = half.location === '/sign-in/code'
    require(!browser.cookies.has('stw_session'), `${guarded.person.email} came in by a password`)
    if (is_half) return browser
    this.#forget(guarded, half.status)
    return undefined
  }

  #comeIn = async (guarded: Guarded): Promise<void> => {
    const browser = await this.#halfWay(guarded)
    if (!browser) return
    const code = this.#code(guarded.secret!)
    const done = await browser.post('/sign-in/code', { code })
    const came_in = browser.cookies.has('stw_session')
    if (code === guarded.spent) require(!came_in, 'a code opened the door twice')
    else if (!came_in) return this.#forget(guarded, done.status)
    guarded.spent = code
    this.#count(came_in ? 'came in with a code' : 'the same code again')
  }

  #guess = async (guarded: Guarded): Promise<void> => {
    const browser = await this.#halfWay(guarded)
    if (!browser) return
    const right = this.#code(guarded.secret!)
    const code = String((Number(right) + 1 + this.town.random.below(900_000)) % 1_000_000)
    const { status } = await browser.post('/sign-in/code', { code: code.padStart(6, '0') })
    // One in a million is the code of the half minute beside it.
    require(!browser.cookies.has('stw_session') && status < 500, `a guess came in: ${status}`)
    this.#count('a guess')
  }

  #replay = async (guarded: Guarded): Promise<void> => {
    await this.#comeIn(guarded)
    if (this.#people.includes(guarded)) await this.#comeIn(guarded)
  }
}
