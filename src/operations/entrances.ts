/** Mounts the entrances: pages outside the session requirement, such as sign-in and set-up. */
import type { Elysia } from 'elysia'
import { Html } from '../kit/html.ts'
import type { Problem } from '../kit/problem.ts'
import type { Door } from './door.ts'
import { describeFailure, requestId } from './failures.ts'
import { flashCookie } from './flash.ts'
import { refuseForeignOrigin, refuseForgery } from './forgery.ts'
import type { Renderer } from './html-door.ts'
import type { Caller, Entrance, Fields, Leave } from './page.ts'
import { addressOf, mount, type Exchange } from './rest.ts'
import { page_headers } from './security-headers.ts'

/** A form at an entrance is short; anything longer is not one of ours. */
const most_form_characters = 20_000

export function mountEntrances(
  app: Elysia,
  entrances: readonly Entrance[],
  door: Door,
  renderer: Renderer,
): void {
  for (const entrance of entrances) {
    const { path, submit } = entrance
    mount(app, 'GET', path, (exchange) => receive(door, renderer, entrance, exchange))
    if (submit) {
      mount(app, 'POST', path, (exchange) => receive(door, renderer, entrance, exchange, submit))
    }
  }
}

async function receive(
  door: Door,
  renderer: Renderer,
  entrance: Entrance,
  exchange: Exchange,
  submit?: Entrance['submit'],
): Promise<string> {
  const { request, set } = exchange
  const request_id = requestId(request)
  Object.assign(set.headers, page_headers)
  set.headers['content-type'] = 'text/html; charset=utf-8'
  set.headers['cache-control'] = 'no-store'
  set.headers['x-request-id'] = request_id
  let caller: Caller | undefined
  try {
    caller = await meet(door, exchange, request_id)
    if (!submit) return await show(renderer, entrance, caller, set)
    caller = { ...caller, fields: await readForm(caller) }
    return leave(set, await submit(caller))
  } catch (error) {
    const problem = describeFailure(door.log, error, request_id)
    set.status = problem.status
    return caller
      ? showAgain(renderer, entrance, { ...caller, problem }, problem, set)
      : renderer.failure(problem, undefined).toString()
  }
}

async function meet(door: Door, exchange: Exchange, request_id: string): Promise<Caller> {
  const { request, params } = exchange
  const ip = addressOf(door, exchange)
  const found = await door.gatekeeper.fromSession(request, ip)
  // Who is barred here may still come in elsewhere, or leave: to an entrance he is a stranger.
  const visitor = found?.barred ? undefined : found
  return {
    request,
    params,
    request_id,
    visitor,
    url: new URL(request.url),
    ip,
    data: door.data,
    services: door.services,
    audit: door.audit,
    problem: undefined,
    fields: new URLSearchParams(),
  }
}

async function readForm({ request, visitor }: Caller): Promise<Fields> {
  refuseForeignOrigin(request)
  const fields = new URLSearchParams((await request.text()).slice(0, most_form_characters))
  if (visitor) refuseForgery(request, fields, visitor)
  return fields
}

async function show(
  renderer: Renderer,
  entrance: Entrance,
  caller: Caller,
  set: Exchange['set'],
): Promise<string> {
  const shown = await entrance.show(caller)
  return shown instanceof Html ? renderer.entrance(entrance, shown).toString() : leave(set, shown)
}

/** The same page with the problem beside what was typed; when that fails too, the problem alone. */
async function showAgain(
  renderer: Renderer,
  entrance: Entrance,
  caller: Caller,
  problem: Problem,
  set: Exchange['set'],
): Promise<string> {
  const alone = () => renderer.failure(problem, undefined).toString()
  if (caller.request.method === 'GET') return alone()
  return show(renderer, entrance, caller, set).catch(alone)
}

function leave(set: Exchange['set'], { to, say, resume, cookies = [] }: Leave): string {
  set.status = resume ? 307 : 303
  set.headers.location = to
  const all = [...cookies, ...(say ? [flashCookie(say)] : [])]
  // Elysia sends one header for each cookie of a list; its own types know only one.
  if (all.length > 0) set.headers['set-cookie'] = all as never
  return ''
}
