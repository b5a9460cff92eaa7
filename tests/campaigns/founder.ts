/** Many operators and owners at once: businesses are founded, joined, copied, closed and erased. */
import type { Random } from '../random.ts'
import type { Known, Memory, Standing } from './platform-memory.ts'

interface Reply {
  ok: boolean
  status: number
  text: string
  body: Record<string, unknown>
}

type Act = (url: string) => Promise<void>

const plans = ['free', 'starter', 'professional']
const password = 'seven cormorants on a buoy'
/** More than that are only closed and erased. */
const most_alive = 24

export class Founder {
  #number = 0

  constructor(
    private readonly operator: string,
    private readonly random: Random,
    readonly memory: Memory,
  ) {}

  /** Works until the server is gone. */
  async workUntilClosed(url: string, clients: number): Promise<void> {
    await Promise.all(Array.from({ length: clients }, () => this.#client(url)))
  }

  async #client(url: string): Promise<void> {
    try {
      for (;;) await this.#choose()(url)
    } catch (error) {
      if (error instanceof TypeError || (error as { code?: string }).code) return
      throw error
    }
  }

  #choose(): Act {
    const weighted: [number, Act][] = [
      [this.memory.living().length < most_alive ? 14 : 1, this.#found],
      [8, this.#foundAgain],
      [4, this.#repeat],
      [8, this.#sibling],
      [5, this.#removeSibling],
      [5, this.#close],
      [4, this.#reopen],
      [this.memory.living().length < most_alive ? 3 : 14, this.#erase],
      [8, this.#assign],
      [4, this.#override],
      [6, this.#invite],
      [3, this.#signUp],
      [10, this.#work],
      [16, this.#call],
      [2, this.#runSchedule],
    ]
    let left = this.random.next() * weighted.reduce((sum, [weight]) => sum + weight, 0)
    return weighted.find(([weight]) => (left -= weight) < 0)![1]
  }

  #next = (what: string): string => `${what}-${this.random.seed}-${++this.#number}`

  #pick(fits: (known: Known) => boolean): Known | undefined {
    const fitting = this.memory.living().filter(fits)
    return fitting.length > 0 ? this.random.pick(fitting) : undefined
  }

  // Founding

  #found: Act = async (url) => {
    const name = this.#next('business')
    this.memory.names.add(name)
    const plan = this.random.chance(0.5) ? { plan: this.random.pick(plans) } : {}
    const common = {
      ...{ admin_email: `${name}@example.test`, environment: 'sandbox', ...plan },
      sample_data: this.random.chance(0.15),
    }
    const body = this.random.chance(0.6)
      ? { ...common, name, domain: name, app_domains: [`${name}.example.test`] }
      : { ...common, company_name: name, domain_preference: name }
    const path = `/v1/platform/tenants${'name' in body ? '' : '/onboard'}`
    await this.#tryToFound(url, this.#next('key'), { path, body, name })
  }

  /** What was never answered is sent again under its own key. */
  #foundAgain: Act = async (url) => {
    const [first] = this.memory.unanswered
    if (!first) return this.#found(url)
    this.memory.unanswered.delete(first[0])
    await this.#tryToFound(url, ...first)
  }

  async #tryToFound(
    url: string,
    key: string,
    attempt: { path: string; body: Record<string, unknown>; name: string },
  ): Promise<void> {
    const { memory } = this
    memory.unanswered.set(key, attempt)
    const { ok, text, body } = await this.#asOperator(url, attempt.path, attempt.body, key)
    memory.unanswered.delete(key)
    if (!ok) return
    const { slug } = body.tenant as { slug: string }
    const [id, token] = [body.id as string, body.api_token as string]
    memory.learn(
      { id, slug, token, name: attempt.name },
      (attempt.body.plan as string) ?? 'unlimited',
    )
    memory.answers.set(key, { ...attempt, text, id })
    memory.count('founded')
  }

  /** What was answered is sent again: the same bytes come back. */
  #repeat: Act = async (url) => {
    const { answers, businesses } = this.memory
    const open = [...answers].filter(([, { id }]) => !businesses.get(id)!.may_be.has('gone'))
    if (open.length === 0) return
    const [key, { path, body, text, id }] = this.random.pick(open)
    const again = await this.#asOperator(url, path, body, key)
    if (!again.ok || again.text === text || businesses.get(id)!.may_be.has('gone')) return
    throw new Error(`${key} was answered ${text} and then ${again.text}`)
  }

  #sibling: Act = async (url) => {
    const parent = this.#pick(({ parent_id, token }) => !parent_id && token !== '')
    if (!parent) return
    const name = this.#next('sibling')
    const kind = this.random.chance(0.6) ? 'branches' : 'sandboxes'
    const more = kind === 'branches' ? { anonymise: this.random.chance(0.3) } : {}
    const made = await this.#as(url, parent, 'POST', `/v1/${kind}`, { name, ...more })
    if (!made.ok) return
    const { id, slug, api_token } = made.body as Record<string, string>
    const plan = [...parent.plans][0]!
    this.memory.learn({ id: id!, slug: slug!, token: api_token!, name }, plan, parent.id)
    this.memory.count(kind)
  }

  // Ending

  #removeSibling: Act = async (url) => {
    const sibling = this.#pick(({ parent_id, busy }) => parent_id !== undefined && !busy)
    const parent = sibling && this.memory.businesses.get(sibling.parent_id!)
    if (!parent) return
    await this.#decide(sibling, ['closing', 'gone'], 'gone', 'removed', () =>
      this.#as(url, parent, 'DELETE', `/v1/siblings/${sibling.id}`),
    )
  }

  #close: Act = async (url) => {
    const known = this.#pick(({ busy, parent_id }) => !busy && !parent_id)
    if (!known) return
    const grace_days = this.random.pick([0, 1, 30])
    const may_become: Standing[] = grace_days === 0 ? ['closing', 'gone'] : ['closing']
    await this.#decide(known, may_become, grace_days === 0 ? undefined : 'closing', 'closed', () =>
      this.#asOperator(url, `/v1/platform/tenants/${known.id}/close`, { grace_days }),
    )
  }

  #reopen: Act = async (url) => {
    const known = this.#pick(({ busy, may_be }) => !busy && may_be.has('closing'))
    if (!known) return
    await this.#decide(known, ['open'], 'open', 'reopened', () =>
      this.#asOperator(url, `/v1/platform/tenants/${known.id}/reopen`),
    )
  }

  #erase: Act = async (url) => {
    const known = this.#pick(({ busy, parent_id }) => !busy && !parent_id)
    if (!known) return
    const family = [known, ...this.memory.siblingsOf(known.id)]
    for (const { may_be } of family) may_be.add('gone')
    await this.#decide(known, ['gone'], 'gone', 'erased', () =>
      this.#asOperator(url, `/v1/platform/tenants/${known.id}/erase`, {
        confirm_slug: known.slug,
        reason: 'The campaign is done with it.',
      }),
    )
  }

  /**
   * Until there is an answer it may stand as before or as it may become.
   * @param then how it stands for certain once it was agreed to; undefined where the clock may be faster
   */
  async #decide(
    known: Known,
    may_become: readonly Standing[],
    then: Standing | undefined,
    what: string,
    ask: () => Promise<Reply>,
  ): Promise<void> {
    known.busy = true
    for (const each of may_become) known.may_be.add(each)
    const { ok } = await ask()
    if (ok) {
      if (then) known.may_be = new Set([then])
      if (then === 'gone') this.#goneWith(known)
      this.memory.count(what)
    }
    known.busy = false
  }

  #goneWith({ id }: Known): void {
    for (const sibling of this.memory.siblingsOf(id)) sibling.may_be = new Set(['gone'])
  }

  #runSchedule: Act = async (url) => {
    const name = this.random.pick(['end_closed_businesses', 'remove_expired_siblings'])
    await this.#asOperator(url, `/v1/platform/schedules/${name}/run`)
  }

  // Plans

  #assign: Act = async (url) => {
    const known = this.#pick(({ parent_id, busy }) => !parent_id && !busy)
    if (!known) return
    known.busy = true
    const plan = this.random.pick(plans)
    known.plans.add(plan)
    const path = `/v1/platform/tenants/${known.id}/plan`
    const { ok } = await this.#asOperator(url, path, { plan })
    if (ok) {
      known.plans = new Set([plan])
      this.memory.count('plans')
    }
    known.busy = false
  }

  #override: Act = async (url) => {
    const known = this.#pick(() => true)
    if (!known) return
    const wish = { kind: 'limit', name: 'seats', value: 40, reason: 'Asked for.' }
    await this.#asOperator(url, `/v1/platform/tenants/${known.id}/overrides`, wish)
  }

  // People

  #invite: Act = async (url) => {
    const known = this.#pick(({ parent_id, token }) => !parent_id && token !== '')
    if (!known) return
    const email = `${this.#next('guest')}@example.test`
    const sent = await this.#as(url, known, 'POST', '/v1/invitations', { email, role: 'member' })
    if (!sent.ok) return
    const invited = {
      ...{ tenant_id: known.id, id: sent.body.id as string, email },
      accepted: 'no' as 'no' | 'maybe' | 'yes',
    }
    this.memory.invited.push(invited)
    this.memory.count('invited')
    const mails = await this.#as(url, known, 'GET', `/v1/mails?recipient=${email}`)
    const [mail] = (mails.body.data ?? []) as { id: string }[]
    if (!mails.ok || !mail) return
    const opened = await this.#as(url, known, 'POST', `/v1/mails/${mail.id}/open`)
    if (!opened.ok) return
    invited.accepted = 'maybe'
    const { path } = opened.body.action as { path: string }
    const typed = { name: 'Guest', password, password_again: password }
    const let_in = await this.#twiceAtOnce(url, path, typed)
    if (let_in > 1) throw new Error(`${path} let ${let_in} in`)
    if (let_in === 0) return
    invited.accepted = 'yes'
    this.memory.count('accepted')
  }

  #signUp: Act = async (url) => {
    const name = this.#next('stranger')
    const email = `${name}@example.test`
    const wish = { business_name: name, person_name: 'Lou', email, domain_preference: name }
    this.memory.names.add(name)
    if ((await this.#submit(url, '/sign-up', { ...wish, password })) !== 303) return
    const signed_up = { name, email, confirmed: 'no' as 'no' | 'maybe' | 'yes' }
    this.memory.sign_ups.push(signed_up)
    this.memory.count('signed_up')
    const mails = await this.#asOperator(url, `/v1/platform/mails?recipient=${email}`)
    const [mail] = (mails.body.data ?? []) as { id: string }[]
    if (!mail) throw new Error(`nobody wrote to ${email}`)
    const opened = await this.#asOperator(url, `/v1/platform/mails/${mail.id}/open`)
    if (!opened.ok) return
    signed_up.confirmed = 'maybe'
    const founded = await this.#twiceAtOnce(url, (opened.body.action as { path: string }).path, {})
    if (founded > 1) throw new Error(`the sign-up of ${name} founded ${founded} businesses`)
    if (founded === 0) return
    signed_up.confirmed = 'yes'
    this.memory.count('confirmed')
  }

  /** @returns how many of the two were let through */
  async #twiceAtOnce(url: string, path: string, typed: Record<string, string>): Promise<number> {
    const both = await Promise.all([this.#submit(url, path, typed), this.#submit(url, path, typed)])
    return both.filter((status) => status === 303).length
  }

  async #submit(url: string, path: string, typed: Record<string, string>): Promise<number> {
    const byte = () => this.random.below(256)
    const response = await fetch(url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
        // One address may not try that often.
        'x-forwarded-for': `10.${byte()}.${byte()}.${byte()}`,
      },
      body: new URLSearchParams(typed).toString(),
    })
    const text = await response.text()
    if (response.status >= 500 && response.status !== 503) throw new Error(`${path}: ${text}`)
    return response.status
  }

  // Work

  #work: Act = async (url) => {
    const known = this.#pick(({ token }) => token !== '')
    if (!known) return
    const sku = this.#next('SKU')
    const made = await this.#as(url, known, 'POST', '/v1/items', { sku, name: sku })
    if (made.ok) known.skus.push(sku)
  }

  #call: Act = async (url) => {
    const known = this.#pick(({ token }) => token !== '')
    if (known) await this.#as(url, known, 'GET', '/v1/items?limit=1')
  }

  async #as(
    url: string,
    known: Known,
    method: string,
    path: string,
    body?: object,
  ): Promise<Reply> {
    known.sent += 1
    const reply = await ask(url, known.token, method, path, body, crypto.randomUUID())
    if (reply.ok) known.answered_at.push(performance.now())
    return reply
  }

  /** A path with a query asks for something; any other changes something. */
  #asOperator(url: string, path: string, body?: object, key?: string): Promise<Reply> {
    const method = path.includes('?') ? 'GET' : 'POST'
    return ask(url, this.operator, method, path, body, key ?? crypto.randomUUID())
  }
}

async function ask(
  url: string,
  token: string,
  method: string,
  path: string,
  body: object | undefined,
  key: string,
): Promise<Reply> {
  const response = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(method !== 'GET' && { 'idempotency-key': key }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const { ok, status } = response
  if (status >= 500 && status !== 503) throw new Error(`${method} ${path}: ${status} ${text}`)
  return { ok, status, text, body: text ? (JSON.parse(text) as Record<string, unknown>) : {} }
}
