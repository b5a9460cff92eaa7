/** Says in which words our reading of a recorded answer differs from the recorded reading. */
import { moneyToDecimal, type Money } from '../../kit/money.ts'
import type { OperationName, Reading } from '../contract.ts'
import { at, listAt, numberAt, textAt } from '../reading.ts'

type Say = (what: string, expected: unknown, got: unknown) => void

const decimal = (money: unknown): string | undefined =>
  money === undefined ? undefined : String(Number(moneyToDecimal(money as Money)))
const plain = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : String(value)

function checkRates(expected: unknown[], got: unknown[], say: Say): void {
  say('number of rates', expected.length, got.length)
  expected.forEach((one, index) => {
    const ours = got[index]
    say(`rate ${index} service`, textAt(one, 'service'), textAt(ours, 'service'))
    say(`rate ${index} total`, plain(numberAt(one, 'total_charge')), decimal(at(ours, 'total')))
    say(`rate ${index} currency`, textAt(one, 'currency'), textAt(ours, 'total.currency'))
    say(`rate ${index} days`, numberAt(one, 'transit_days'), numberAt(ours, 'transit_days'))
  })
}

function checkShipment(expected: unknown, got: unknown, say: Say): void {
  for (const name of ['tracking_number', 'shipment_identifier']) {
    say(name, textAt(expected, name), textAt(got, name))
  }
  const label = listAt(got, 'parcels').some((one) => at(one, 'label.data') !== undefined)
  say('label', at(expected, 'docs.label') !== undefined, label)
}

/** Recordings hold the wall clock of the scan, marked as if it were UTC: only the clock counts. */
const wallClock = (time: string | undefined): string | undefined => time?.slice(0, 16)

function checkTracking(expected: unknown[], got: unknown[], say: Say): void {
  say('number of trackers', expected.length, got.length)
  expected.forEach((one, index) => {
    const ours = got[index]
    say('tracking number', textAt(one, 'tracking_number'), textAt(ours, 'tracking_number'))
    say('status', textAt(one, 'status'), textAt(ours, 'status'))
    const events = listAt(one, 'events')
    const our_events = listAt(ours, 'events')
    say('number of events', events.length, our_events.length)
    events.forEach((event, place) => {
      const our_event = our_events[place]
      say(`event ${place} code`, textAt(event, 'code'), textAt(our_event, 'code'))
      say(`event ${place} status`, textAt(event, 'status'), textAt(our_event, 'status'))
      say(
        `event ${place} time`,
        wallClock(textAt(event, 'timestamp')),
        wallClock(textAt(our_event, 'local_time')),
      )
    })
  })
}

function checkResult(operation: OperationName, expected: unknown, got: unknown, say: Say): void {
  if (operation === 'rate')
    return checkRates(listAt({ expected }, 'expected'), listAt({ got }, 'got'), say)
  if (operation === 'track') {
    return checkTracking(listAt({ expected }, 'expected'), listAt({ got }, 'got'), say)
  }
  if (operation === 'ship' || operation === 'return') return checkShipment(expected, got, say)
  if (operation === 'void' || operation === 'pickup_cancel') {
    say('success', at(expected, 'success'), got !== undefined)
  }
  if (operation === 'pickup') {
    const number = 'confirmation_number'
    say(number, textAt(expected, number), textAt(got, number))
    const charge = plain(numberAt(expected, 'pickup_charge.amount'))
    if (charge !== undefined) say('charge', charge, decimal(at(got, 'charge')))
  }
  if (operation === 'document') {
    const ids = (value: unknown, name: string) =>
      listAt(value, 'documents').map((one) => textAt(one, name))
    say('documents', ids(expected, 'doc_id').join(), ids(got, 'document_id').join())
  }
}

/** One sentence for each difference; none when the readings agree. */
export function checkReading(
  operation: OperationName,
  [expected, messages]: [unknown, unknown[]],
  { result, messages: ours }: Reading<unknown>,
): string[] {
  const said: string[] = []
  const say: Say = (what, want, got) => {
    if (want !== got) said.push(`${what}: recorded ${String(want)}, read ${String(got)}`)
  }
  const nothing = expected === null || (Array.isArray(expected) && expected.length === 0)
  if (nothing) say('a result', undefined, result === undefined ? undefined : 'something')
  else checkResult(operation, expected, result, say)
  const errors = messages
    .filter((one) => textAt(one, 'level') !== 'warning')
    .map((one) => textAt(one, 'code'))
  const our_errors = ours.filter((one) => one.severity === 'error').map((one) => one.carrier_code)
  say('error codes', [...new Set(errors)].sort().join(), [...new Set(our_errors)].sort().join())
  return said
}
