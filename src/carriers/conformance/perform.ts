/** Runs an operation's pure functions against given answers, without any network. */
import type { Ask, Carrier, Connection, OperationName, Reading, Step } from '../contract.ts'
import type { HttpCall, HttpResponse } from '../exchange.ts'

export interface Performed {
  calls: HttpCall[]
  responses: HttpResponse[]
  reading: Reading<unknown> | undefined
}

/**
 * @param answer gives the response of the call at this place, or undefined when none is recorded;
 * reading is left out then
 */
export async function perform(
  carrier: Carrier,
  name: OperationName,
  connection: Connection,
  input: unknown,
  now_ms: number,
  answer: (call: HttpCall, index: number) => HttpResponse | undefined,
): Promise<Performed> {
  // Inputs of tests come from files: the carrier's own functions are what is on trial here.
  const operation = carrier.operations[name] as unknown as {
    request: Step<unknown> | Step<unknown>[]
    read: (
      responses: HttpResponse[],
      input: unknown,
      ask: Ask,
    ) => Reading<unknown> | Promise<Reading<unknown>>
  }
  const ask: Ask = { connection, now_ms, earlier: [] }
  const calls: HttpCall[] = []
  for (const step of [operation.request].flat()) {
    const next = [step(input, ask)].flat()
    const from = calls.length
    calls.push(...next)
    const answers = next.map((call, index) => answer(call, from + index))
    if (answers.some((one) => one === undefined))
      return { calls, responses: [], reading: undefined }
    ask.earlier = [...ask.earlier, ...(answers as HttpResponse[])]
  }
  return { calls, responses: ask.earlier, reading: await operation.read(ask.earlier, input, ask) }
}
