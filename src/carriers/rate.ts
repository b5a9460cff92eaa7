/** Asks all eligible carriers at once what a shipment costs; none of them delays the rest. */
import type { Money } from '../kit/money.ts'
import { callCarrier, type Answer, type CallOptions } from './call.ts'
import type { Carrier, Connection, Rate, RateRequest } from './contract.ts'
import { message, type CarrierMessage } from './message.ts'
import { getCarrier } from './registry.ts'

export interface OfferedRate extends Rate {
  connection_id: string
}

export interface RateAnswer {
  /** Grouped by currency, in each group cheapest first. */
  rates: OfferedRate[]
  messages: (CarrierMessage & { connection_id: string })[]
}

/** A carrier without rates, or with none of the wanted services, is not asked. */
function eligible(connection: Connection, request: RateRequest): boolean {
  const carrier = getCarrier(connection.carrier_id)
  if (!carrier.operations.rate) return false
  const wanted = request.services ?? []
  return (
    wanted.length === 0 ||
    carrier.services.length === 0 ||
    carrier.services.some(({ id }) => wanted.includes(id))
  )
}

/** The wanted services; one service may have a name per origin and one code for all of them. */
function wantedBy(carrier: Carrier, wanted: readonly string[]): (rate: Rate) => boolean {
  const codes = carrier.services.filter(({ id }) => wanted.includes(id)).map((s) => s.carrier_code)
  const alike = carrier.services.filter((s) => codes.includes(s.carrier_code)).map((s) => s.id)
  return ({ service }) => wanted.length === 0 || wanted.includes(service) || alike.includes(service)
}

const days = (rate: Rate): number => rate.transit_days ?? Number.MAX_SAFE_INTEGER

/** Cheapest first within one currency; amounts of two currencies are never compared. */
export function sortRates<T extends Rate>(
  rates: readonly T[],
  by: 'price' | 'speed' = 'price',
): T[] {
  const order: string[] = []
  for (const { total } of rates) {
    if (!order.includes(total.currency)) order.push(total.currency)
  }
  const place = ({ currency }: Money) => order.indexOf(currency)
  return [...rates].sort((a, b) => {
    const group = place(a.total) - place(b.total)
    if (group !== 0) return group
    const price = a.total.amount - b.total.amount
    const speed = days(a) - days(b)
    return by === 'price' ? price || speed : speed || price
  })
}

/**
 * Rates of many connections. One carrier's failure is a message beside the others' rates.
 * @param options.deadline_ms for each connection on its own, 10 seconds unless told
 */
export async function rateAll(
  connections: readonly Connection[],
  request: RateRequest,
  options: CallOptions = {},
): Promise<RateAnswer> {
  const asked = connections.filter((connection) => eligible(connection, request))
  const answers = await Promise.all(
    asked.map(async (connection): Promise<Answer<Rate[]>> => {
      try {
        return await callCarrier('rate', connection, request, { deadline_ms: 10_000, ...options })
      } catch (error) {
        // A connector's own fault must not take the quote of the others with it.
        const detail = error instanceof Error ? error.message : String(error)
        return { outcome: 'failed', messages: [message(connection.carrier_id, 'unknown', detail)] }
      }
    }),
  )
  const wanted = request.services ?? []
  const rates = answers.flatMap((answer, index) => {
    if (answer.outcome !== 'done') return []
    const { id, carrier_id } = asked[index]!
    const asked_for = wantedBy(getCarrier(carrier_id), wanted)
    return answer.result.filter(asked_for).map((rate) => ({ ...rate, connection_id: id }))
  })
  const messages = answers.flatMap((answer, index) =>
    answer.messages.map((one) => ({ ...one, connection_id: asked[index]!.id })),
  )
  return { rates: sortRates(rates), messages }
}
