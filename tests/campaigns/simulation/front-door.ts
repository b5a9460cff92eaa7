/** Sends commands through the front door, and looks at every answer as a suspicious caller would. */
import { operations } from '../../../src/app.ts'
import type { ProblemCode } from '../../../src/kit/problems.ts'
import { codesOf } from '../../../src/operations/openapi.ts'
import type { Operation } from '../../../src/operations/operation.ts'
import type { Answer, Shop } from '../../shop.ts'
import { require } from './model.ts'
import type { Command } from './world.ts'

const table = new Map(operations.map((operation) => [operation.id, operation]))
const declared = new Map(operations.map(({ id }) => [id, new Set(codesOf(table.get(id)!))]))

export const operationOf = (id: string): Operation => {
  const operation = table.get(id)
  if (!operation) throw new Error(`there is no operation ${id}`)
  return operation
}

/** What was agreed to, for sending it once more. */
export interface Agreed {
  command: Command
  key: string
  text: string
  status: number
}

export interface SendOptions {
  key?: string
  dry_run?: boolean
  headers?: Record<string, string>
  token?: string
}

/** Kept for replays. */
const most_agreed = 200

export class FrontDoor {
  /** Operation → `ok` or the code of the refusal → how often. */
  readonly outcomes = new Map<string, Map<string, number>>()
  /** Refusals nobody was told to expect: `sales_orders.ship insufficient_stock`. */
  readonly undeclared = new Map<string, number>()
  readonly agreed: Agreed[] = []
  last = ''

  constructor(private readonly world: { shop: Pick<Shop, 'send'>; next(): number }) {}

  newKey = (): string => `key-${this.world.next()}`

  /** @throws Error for an answer that nobody may be given */
  async send(command: Command, options: SendOptions = {}): Promise<Answer> {
    const operation = operationOf(command.operation)
    const key = options.key ?? this.newKey()
    const token = options.token ?? command.token
    const route = routeOf(operation, command, options.dry_run === true)
    this.last = `${route} ${JSON.stringify(command.body ?? {})}`
    const answer = await this.world.shop.send(route, command.body, {
      key,
      ...(command.etag && { etag: command.etag }),
      ...(token && { token }),
      ...(options.headers && { headers: options.headers }),
    })
    this.#judge(operation, answer, route)
    return answer
  }

  /** Sends it, learns from the answer, and keeps it for a replay. */
  async carryOut(command: Command, key = this.newKey()): Promise<Answer> {
    const answer = await this.send(command, { key })
    const is_replay = answer.headers.get('idempotent-replayed') === 'true'
    if (answer.status >= 300 || is_replay) return answer
    await command.learn?.(answer.body as never)
    if (operationOf(command.operation).effect === 'read') return answer
    const { status, text } = answer
    this.agreed.push({ command, key, text, status })
    if (this.agreed.length > most_agreed) this.agreed.shift()
    return answer
  }

  #judge(operation: Operation, { status, body, headers, text }: Answer, route: string): void {
    const code = status < 300 ? 'ok' : String(body.code)
    const known = this.outcomes.get(operation.id) ?? new Map<string, number>()
    known.set(code, (known.get(code) ?? 0) + 1)
    this.outcomes.set(operation.id, known)
    if (status < 300) return
    const is_problem = headers.get('content-type') === 'application/problem+json'
    require(is_problem && body.status === status, `${route}: not a problem: ${status} ${text}`)
    const may_be_away = operation.effect === 'call' && code === 'carrier_unreachable'
    require(status < 500 || may_be_away, `${route}: ${status} ${text}`)
    if (declared.get(operation.id)!.has(code as ProblemCode)) return
    const pair = `${operation.id} ${code}`
    this.undeclared.set(pair, (this.undeclared.get(pair) ?? 0) + 1)
  }
}

function routeOf(
  { method, path }: Operation,
  { params, query }: Command,
  dry_run: boolean,
): string {
  const address = path.replace(/:(\w+)/g, (_, name: string) => params?.[name] ?? '')
  const asked = new URLSearchParams({ ...query, ...(dry_run && { dry_run: 'true' }) })
  return `${method} ${address}${asked.size > 0 ? `?${asked}` : ''}`
}
