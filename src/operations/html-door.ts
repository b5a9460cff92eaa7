/** The HTML door: pages and forms of the console, over the same operations as every other door. */
import type { Elysia } from 'elysia'
import { Html } from '../kit/html.ts'
import type { Problem } from '../kit/problem.ts'
import type { Door } from './door.ts'
import { mountEntrances } from './entrances.ts'
import { describeFailure, requestId } from './failures.ts'
import { flashCookie, readFlash, spentFlash } from './flash.ts'
import { refuseForgery } from './forgery.ts'
import { answer, carryOut, permit, requireInput, type Call, type CallOptions } from './invoke.ts'
import type { Operation, TypedOperation } from './operation.ts'
import type { Elsewhere, Entrance, Fields, Form, Page, RoomPages, Visit } from './page.ts'
import type { Visitor } from './principal.ts'
import { readQuery } from './read-request.ts'
import { addressOf, mount, scopeOf, sendFile, type Exchange } from './rest.ts'
import { page_headers } from './security-headers.ts'
import { convert } from './validate.ts'

/** What the shell draws around a page. */
export interface Frame {
  title: string
  page: Page
  visit: Visit
  flash: string | undefined
}

/** Draws whole documents; handed in, because the views stand outside the house. */
export interface Renderer {
  document(frame: Frame, main: Html): Html
  /** A page for somebody who is not signed in, or on the way: no navigation around it. */
  entrance(entrance: Pick<Entrance, 'title' | 'wide'>, main: Html): Html
  /** A problem that has no form to go back to. */
  failure(problem: Problem, visit: Visit | undefined): Html
}

interface Answer {
  status: number
  body: string | ReadableStream<Uint8Array>
  headers?: Record<string, string>
}

export function mountPages(
  app: Elysia,
  rooms: readonly RoomPages[],
  operations: readonly Operation[],
  door: Door,
  renderer: Renderer,
): void {
  for (const operation of operations)
    if (operation.is_file) mountFile(app, operation, door, renderer)
  for (const { pages, forms, entrances = [] } of rooms) {
    mountEntrances(app, entrances, door, renderer)
    for (const page of pages) {
      mount(app, 'GET', pathOf(page.route), (exchange) =>
        respond(door, renderer, exchange, (visit) => showPage(renderer, page, visit, exchange)),
      )
    }
    for (const form of forms) {
      mount(app, 'POST', pathOf(form.route), (exchange) =>
        respond(door, renderer, exchange, (visit) =>
          submitForm(door, renderer, form, visit, exchange.request),
        ),
      )
    }
  }
}

/** Where a signed-in person opens a file that an operation answers with: `/files/shipments/…`. */
export const filePath = (api_path: string): string => api_path.replace(/^\/v1/, '/files')

function mountFile(app: Elysia, operation: Operation, door: Door, renderer: Renderer): void {
  mount(app, 'GET', filePath(operation.path), (exchange) =>
    respond(door, renderer, exchange, async (visit) => {
      const headers: Record<string, string> = {}
      const body = await visit.open(operation, headers)
      return { status: 200, body, headers }
    }),
  )
}

const pathOf = (route: string): string => route.slice(route.indexOf(' ') + 1)

/** Lets a signed-in person through and turns whatever happens into a document. */
async function respond(
  door: Door,
  renderer: Renderer,
  exchange: Exchange,
  work: (visit: OpenVisit) => Promise<Answer>,
): Promise<string | ReadableStream<Uint8Array>> {
  const { request, set } = exchange
  const request_id = requestId(request)
  const ip = addressOf(door, exchange)
  Object.assign(set.headers, page_headers)
  set.headers['content-type'] = 'text/html; charset=utf-8'
  set.headers['cache-control'] = 'no-store'
  set.headers['x-request-id'] = request_id
  let visit: OpenVisit | undefined
  try {
    const visitor = await door.gatekeeper.fromSession(request, ip)
    if (!visitor) return redirect(set, signInLink(request))
    if (visitor.barred) throw visitor.barred
    if (!mayLook(visitor, request)) return redirect(set, visitor.led_to!)
    visit = new OpenVisit(door, visitor, exchange, request_id, ip)
    const { status, body, headers } = await work(visit)
    set.status = status
    Object.assign(set.headers, headers)
    return body
  } catch (error) {
    const problem = describeFailure(door.log, error, request_id)
    set.status = problem.status
    return renderer.failure(problem, visit).toString()
  }
}

/** Who is led somewhere first sees that page and what is below it, and nothing else. */
function mayLook({ led_to }: Visitor, request: Request): boolean {
  const { pathname } = new URL(request.url)
  return !led_to || pathname === led_to || pathname.startsWith(`${led_to}/`)
}

function redirect(set: Exchange['set'], to: string): string {
  set.status = 303
  set.headers.location = to
  return ''
}

function signInLink(request: Request): string {
  const { pathname, search } = new URL(request.url)
  const to = request.method === 'GET' ? `?to=${encodeURIComponent(pathname + search)}` : ''
  return `/sign-in${to}`
}

async function showPage(
  renderer: Renderer,
  page: Page,
  visit: OpenVisit,
  exchange: Exchange,
): Promise<Answer> {
  const flash = readFlash(exchange.request)
  const drawn = await draw(renderer, page, visit, flash)
  if (typeof drawn !== 'string') return leadTo(drawn)
  return { status: 200, body: drawn, ...(flash && { headers: { 'set-cookie': spentFlash } }) }
}

const leadTo = ({ to, say }: Elsewhere): Answer => ({
  status: 303,
  body: '',
  headers: { location: to, ...(say && { 'set-cookie': flashCookie(say) }) },
})

async function draw(
  renderer: Renderer,
  page: Page,
  visit: OpenVisit,
  flash?: string,
): Promise<string | Elsewhere> {
  const main = await page.show(visit)
  if (!(main instanceof Html)) return main
  if (page.bare) return main.toString()
  const title = typeof page.title === 'string' ? page.title : page.title(visit)
  return renderer.document({ title, page, visit, flash }, main).toString()
}

async function submitForm(
  door: Door,
  renderer: Renderer,
  form: Form,
  visit: OpenVisit,
  request: Request,
): Promise<Answer> {
  const fields = new URLSearchParams(await request.text())
  visit.fields = fields
  refuseForgery(request, fields, visit.visitor)
  const { operation, input, done } = form.submit
  try {
    const options: CallOptions = {
      idempotency_key: fields.get('idempotency_key') ?? undefined,
      if_match: fields.get('version') ? `"${fields.get('version')}"` : undefined,
    }
    const reply = await visit.carryOut(operation, input(fields, visit.params), options)
    const next = done(reply as never, visit)
    if ('show' in next) {
      const frame = { title: next.title, page: form.again, visit, flash: undefined }
      return { status: 200, body: renderer.document(frame, next.show).toString() }
    }
    return leadTo(next)
  } catch (error) {
    const problem = describeFailure(door.log, error, visit.scope.request_id, operation.id)
    if (problem.code === 'step_up_required') return leadToProof(form, visit)
    visit.problem = problem
    const again = await draw(renderer, form.again, visit)
    return typeof again === 'string' ? { status: problem.status, body: again } : leadTo(again)
  }
}

/** The browser sends the same form there; once it is proven who sends it, it comes back here. */
function leadToProof({ again }: Form, { url, params }: OpenVisit): Answer {
  const back = pathOf(again.route).replace(/:(\w+)/g, (_, name: string) => params[name] ?? '')
  const query = new URLSearchParams({ resume: url.pathname + url.search, back })
  return { status: 307, body: '', headers: { location: `/confirm?${query}` } }
}

class OpenVisit implements Visit {
  readonly scope
  readonly params
  readonly url
  readonly services
  problem: Problem | undefined
  fields: Fields = new URLSearchParams()

  constructor(
    private readonly door: Door,
    readonly visitor: Visitor,
    { request, params }: Exchange,
    request_id: string,
    ip: string,
  ) {
    const agent = request.headers.get('user-agent') ?? ''
    this.scope = scopeOf(visitor.principal, request_id, ip, agent)
    this.params = params
    this.url = new URL(request.url)
    this.services = door.services
  }

  may(permission: string): boolean {
    return this.visitor.principal.may(permission)
  }

  ask<I, O>(operation: TypedOperation<'read', I, O>, input: I): O {
    const call = this.#call(operation, input, {})
    return JSON.parse(answer(this.door, call).body) as O
  }

  /** The file an operation answers with. */
  async open(
    operation: Operation,
    headers: Record<string, string>,
  ): Promise<ReadableStream<Uint8Array>> {
    const asked = {
      ...this.query(operation as TypedOperation<'read', object, unknown>),
      ...this.params,
    }
    // What people do in the console is not counted.
    return sendFile(this.door, this.#call(operation, asked, {}), headers, () => undefined)
  }

  query<I, O>(operation: TypedOperation<'read', I, O>): I {
    const sent = Object.entries(readQuery(this.url.href)).filter(([, value]) => value !== '')
    return convert(operation.query, Object.fromEntries(sent)) as I
  }

  async carryOut(operation: Operation, input: unknown, options: CallOptions): Promise<unknown> {
    const { body, params, query } = operation
    const typed = input as Record<string, unknown>
    const converted = [params, query, ...(body ? [body] : [])].reduce(
      (value, schema) => convert(schema, value),
      typed as unknown,
    )
    const call = this.#call(operation, converted, options)
    const reply = await carryOut(this.door, call)
    return JSON.parse(reply.body || 'null') as unknown
  }

  #call(operation: Operation, input: unknown, options: CallOptions): Call {
    const { principal } = this.visitor
    permit({ operation, principal })
    const flat = input as Record<string, unknown>
    requireInput(operation, flat)
    return { operation, principal, scope: this.scope, input: flat, options }
  }
}
