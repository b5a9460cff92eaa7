/** Asks one carrier to do one thing, and says whether it did, refused, or cannot be known. */
import { systemClock, type Clock } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import type {
  Ask,
  Carrier,
  Connection,
  Operation,
  OperationName,
  Operations,
  Step,
} from './contract.ts'
import type { HttpCall, HttpResponse } from './exchange.ts'
import { send, type ExchangeRecord, type HttpOptions, type Sent } from './http.ts'
import { isError, message, type CarrierMessage } from './message.ts'
import { checkCredentials, readiness } from './readiness.ts'
import { getCarrier } from './registry.ts'
import { TokenCache } from './tokens.ts'

/**
 * - `done`: the result is there; warnings may stand beside it.
 * - `refused`: the carrier (or a check of ours) said no; nothing was bought or changed.
 * - `failed`: nothing was bought or changed because the carrier could not be reached; try later.
 * - `uncertain`: the carrier may have acted and its answer is lost. Never send again: look it up.
 */
export type Answer<Output> = { messages: CarrierMessage[] } & (
  { outcome: 'done'; result: Output } | { outcome: 'refused' | 'failed' | 'uncertain' }
)

export interface CallOptions {
  clock?: Clock
  tokens?: TokenCache
  /** For the whole operation, all its steps and retries; 20 seconds unless told. */
  deadline_ms?: number
  log?: (record: ExchangeRecord) => void
  sleep?: (duration_ms: number) => Promise<void>
}

/** Tokens of this process, each bound to its connection's id. */
const shared_tokens = new TokenCache()
const default_deadline_ms = 20_000

const httpOptions = (options: CallOptions): HttpOptions => {
  const clock = options.clock ?? systemClock
  return {
    clock,
    tokens: options.tokens ?? shared_tokens,
    deadline_at_ms: clock.now() + (options.deadline_ms ?? default_deadline_ms),
    sleep: options.sleep ?? ((duration_ms) => Bun.sleep(duration_ms)),
    ...(options.log && { log: options.log }),
  }
}

/** Fifty parcels are asked about in turns: carriers count calls. */
const reads_at_once = 6

/** A call that was not made because the one before it was refused (RFC 4918 §11.4). */
const not_made: Sent = {
  kind: 'answered',
  response: { status: 424, headers: {}, bytes: new Uint8Array() },
}

/** Reads run side by side; acts run one after the other and stop at the first that fails. */
async function sendAll(
  calls: HttpCall[],
  carrier: Carrier,
  connection: Connection,
  options: HttpOptions,
): Promise<Sent[]> {
  if (calls.every(({ effect }) => effect === 'read')) {
    const read: Sent[] = []
    for (let from = 0; from < calls.length; from += reads_at_once) {
      const some = calls.slice(from, from + reads_at_once)
      const sent = some.map((call) => send(call, carrier, connection, options))
      read.push(...(await Promise.all(sent)))
    }
    return read
  }
  const sent: Sent[] = []
  for (const call of calls) {
    const one = await send(call, carrier, connection, options)
    sent.push(one)
    if (one.kind !== 'answered') return sent
    // The answers keep their places, so that a reader can tell which parcel was refused.
    if (one.response.status >= 400) break
  }
  return [...sent, ...calls.slice(sent.length).map(() => not_made)]
}

interface Gone {
  /** True when something may have happened at the carrier. */
  may_have_acted: boolean
  reason: string
}

/** A gateway that gives up does not say whether the system behind it has bought the label. */
const isDoubtful = (status: number): boolean => status === 408 || status >= 500

/** Whether an answer is missing, or is one that leaves a purchase in doubt. */
function missing(calls: HttpCall[], sent: Sent[], acted: boolean): Gone | undefined {
  for (const [index, one] of sent.entries()) {
    const is_act = calls[index]!.effect === 'act'
    if (one.kind === 'not_sent') {
      const earlier_acts = calls.slice(0, index).some(({ effect }) => effect === 'act')
      return { may_have_acted: acted || earlier_acts, reason: one.reason }
    }
    if (one.kind === 'lost') return { may_have_acted: acted || is_act, reason: one.reason }
    if (one.kind === 'answered' && is_act && isDoubtful(one.response.status)) {
      return { may_have_acted: true, reason: `The carrier answered ${one.response.status}.` }
    }
  }
  return undefined
}

/** Runs an operation's steps. A read after a purchase may fail without losing the purchase. */
async function perform<Input, Output>(
  operation: Operation<Input, Output>,
  carrier: Carrier,
  connection: Connection,
  input: Input,
  options: HttpOptions,
): Promise<Answer<Output>> {
  const steps: Step<Input>[] = [operation.request].flat()
  const ask: Ask = { connection, now_ms: options.clock.now(), earlier: [] }
  let acted = false
  try {
    for (const step of steps) {
      const calls = [step(input, ask)].flat()
      const sent = await sendAll(calls, carrier, connection, options)
      const gone = missing(calls, sent, acted)
      const harmless = gone && acted && calls.every(({ effect }) => effect === 'read')
      if (gone && !harmless) {
        const outcome = gone.may_have_acted ? 'uncertain' : 'failed'
        return { outcome, messages: [message(carrier.id, 'carrier_down', gone.reason)] }
      }
      acted ||= calls.some(({ effect }) => effect === 'act')
      ask.earlier = [...ask.earlier, ...sent.map(answerOrNothing)]
    }
    return settle(carrier, await operation.read(ask.earlier, input, ask), acted)
  } catch (error) {
    if (!acted) throw error
    // The carrier has acted and its answer is beyond us: that is doubt, and must not be lost.
    const reason = error instanceof Error ? error.message : String(error)
    return { outcome: 'uncertain', messages: [message(carrier.id, 'unknown', reason)] }
  }
}

/** A lost label stands as a 504 in its place, so that the answers keep their order. */
const answerOrNothing = (sent: Sent): HttpResponse =>
  sent.kind === 'answered' ? sent.response : { status: 504, headers: {}, bytes: new Uint8Array() }

function settle<Output>(
  carrier: Carrier,
  { result, messages }: { result?: Output; messages: CarrierMessage[] },
  acted: boolean,
): Answer<Output> {
  if (result !== undefined) return { outcome: 'done', result, messages }
  const errors = messages.filter(isError)
  if (errors.length > 0) {
    return { outcome: errors.some(({ retryable }) => retryable) ? 'failed' : 'refused', messages }
  }
  // Neither a result nor an error can be read: after a purchase that is doubt, not refusal.
  const detail = 'The answer of the carrier cannot be read.'
  return {
    outcome: acted ? 'uncertain' : 'failed',
    messages: [...messages, message(carrier.id, 'unknown', detail)],
  }
}

/**
 * Does one operation of a connection's carrier. An `uncertain` purchase is settled by `lookup`:
 * `done` says whether it was bought; anything else leaves it uncertain.
 * @throws Problem `carrier_operation_unsupported` when the carrier has no such operation, `invalid`
 * when a field cannot be written the way the carrier wants it; nothing was sent then
 */
export async function callCarrier<Name extends OperationName>(
  name: Name,
  connection: Connection,
  input: Operations[Name]['input'],
  options: CallOptions = {},
): Promise<Answer<Operations[Name]['output']>> {
  const carrier = getCarrier(connection.carrier_id)
  // The table is keyed by name, so input and output of the entry are those of `Name`.
  const operation = carrier.operations[name] as
    Operation<Operations[Name]['input'], Operations[Name]['output']> | undefined
  if (!operation) {
    throw new Problem('carrier_operation_unsupported', `${carrier.name} has no ${name}.`, {
      operation: name,
      carrier_id: carrier.id,
    })
  }
  const http = httpOptions(options)
  const unready = [
    ...checkCredentials(carrier, connection),
    ...readiness(carrier, name, input, http.clock.now()),
  ]
  if (unready.length > 0) return { outcome: 'refused', messages: unready }
  return perform(operation, carrier, connection, input, http)
}

/**
 * Settles an `uncertain` purchase by asking for our reference; it never buys anew. `done` says
 * whether the carrier has it; anything else leaves it uncertain.
 */
export const lookupPurchase = (
  connection: Connection,
  input: Operations['lookup']['input'],
  options: CallOptions = {},
): Promise<Answer<Operations['lookup']['output']>> =>
  callCarrier('lookup', connection, input, options)
