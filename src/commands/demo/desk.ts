/** The desk at which the year is written down: whoever works at it, and what time it is. */
import { operations } from '../../app.ts'
import { TypeID } from 'typeid-js'
import type { Simulator } from '../../carriers/simulator/simulator.ts'
import type { Actor } from '../../db/scope.ts'
import { systemScope } from '../../db/scope.ts'
import type { ManualClock } from '../../kit/clock.ts'
import type { IdSource } from '../../kit/id.ts'
import { assert } from '../../kit/problem.ts'
import { invoke } from '../../operations/invoke.ts'
import type { Operation } from '../../operations/operation.ts'
import type { Installation } from '../installation.ts'
import type { Chance } from './chance.ts'
import type { Duty } from './company.ts'

const table = new Map<string, Operation>(operations.map((each) => [each.id, each]))

/** Every step goes through the same operations as a request, in the name of the one who does it. */
export class Desk {
  readonly #people = new Map<Duty, Actor>()
  #tenant_id = ''
  #organization_id = ''

  constructor(
    readonly installation: Installation,
    readonly clock: ManualClock,
    readonly chance: Chance,
    readonly simulator: Simulator,
  ) {}

  sitDown(tenant_id: string, organization_id: string): void {
    this.#tenant_id = tenant_id
    this.#organization_id = organization_id
  }

  introduce(duty: Duty, actor: Actor): void {
    this.#people.set(duty, actor)
  }

  /** Time passes until then; it never goes back. */
  moveTo(at_ms: number): void {
    assert(at_ms >= this.clock.now(), 'the past is lived through in its order')
    this.clock.set(at_ms)
  }

  /** Carries out one operation of the business and returns its reply. */
  async do<T>(duty: Duty, operation_id: string, input: object): Promise<T> {
    const operation = table.get(operation_id)
    assert(operation, `the operation ${operation_id} exists`)
    const actor = this.#people.get(duty) ?? systemScope('setup').actor
    const place = { tenant_id: this.#tenant_id, organization_id: this.#organization_id }
    const reply = await invoke(this.installation.house.door, {
      operation,
      principal: {
        id: actor.id,
        level: 'tenant',
        ...place,
        actor,
        read_only: undefined,
        terms: undefined,
        may,
      },
      scope: { ...systemScope('demo', place.organization_id, place.tenant_id), actor },
      input: input as Record<string, unknown>,
      options: { ...(operation.idempotency_required && newKey()), if_match: '*' },
    })
    return JSON.parse(reply.body) as T
  }
}

const may = () => true
const newKey = () => ({ idempotency_key: crypto.randomUUID() })

/** Ids as they would have been made at the time: they sort as what they name came about. */
export function idsOf(clock: ManualClock, chance: Chance): IdSource {
  let last_ms = 0
  let count = 0
  return (prefix) => {
    const now_ms = clock.now()
    count = now_ms === last_ms ? count + 1 : 0
    last_ms = now_ms
    const bytes = Uint8Array.from({ length: 16 }, () => Math.floor(chance.next() * 256))
    const view = new DataView(bytes.buffer)
    // UUIDv7 (RFC 9562): 48 bits of time, the version, 12 bits that count within the millisecond.
    view.setUint32(0, Math.floor(now_ms / 0x10000))
    view.setUint16(4, now_ms % 0x10000)
    view.setUint16(6, 0x7000 + (count % 0x1000))
    bytes[8] = 0x80 | (bytes[8]! & 0x3f)
    return TypeID.fromUUIDBytes(prefix, bytes).toString()
  }
}
