/** Every carrier's own fixtures, and the outside recordings where they are at hand. */
import { afterAll, describe, expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Carrier, Connection, Deviation, OperationName } from '../contract.ts'
import { httpResponse, type HttpCall, type HttpResponse } from '../exchange.ts'
import { carriers } from '../registry.ts'
import { checkReading } from './check-reading.ts'
import { covers, differences } from './compare.ts'
import { fromVector } from './from-vector.ts'
import { perform } from './perform.ts'
import { loadConnection, loadFixtures, responseOf } from './fixture.ts'

/** The day on which the outside recordings were made; a Saturday. */
const now_ms = Date.parse('2026-11-21T09:00:00Z')

describe('own fixtures', () => {
  for (const carrier of carriers) {
    const connection = loadConnection(carrier.id)
    const fixtures = loadFixtures(carrier.id)

    test(`${carrier.id} has a good and a refused fixture of every operation`, () => {
      for (const operation of Object.keys(carrier.operations)) {
        const of = fixtures.filter((fixture) => fixture.operation === operation)
        expect({ operation, good: of.some(({ result }) => result !== undefined) }).toEqual({
          operation,
          good: true,
        })
        // An operation that asks nobody and needs no data has nothing that could refuse it.
        const refusable = !(carrier.auth.kind === 'none' && operation === 'void')
        const refused = of.some(({ result }) => result === undefined)
        if (refusable) expect({ operation, refused }).toEqual({ operation, refused: true })
      }
    })

    for (const fixture of fixtures) {
      test(`${carrier.id} ${fixture.operation}: ${fixture.name}`, async () => {
        const { calls, reading } = await perform(
          carrier,
          fixture.operation,
          { ...connection, config: fixture.config ?? connection.config },
          fixture.input,
          now_ms,
          (_, index) => {
            const exchange = fixture.exchanges[index]
            return exchange && responseOf(exchange.response)
          },
        )
        expect(calls.map((call) => JSON.parse(JSON.stringify(call)) as unknown)).toEqual(
          fixture.exchanges.map(({ request }) => request),
        )
        if (fixture.result === undefined) expect(reading?.result).toBeUndefined()
        else expect(reading?.result).toMatchObject(fixture.result as object)
        expect(reading?.messages).toMatchObject(fixture.messages)
        expect(reading?.messages).toHaveLength(fixture.messages.length)
      })
    }
  }
})

interface Vector {
  name: string
  request: Record<string, unknown>
  carrier_request: { value?: unknown } | string | null
  http: { method: string; url: string; data: unknown; response: unknown }[]
  result: [unknown, unknown[]] | null
}

const folder =
  process.env['CARRIER_VECTORS'] ?? join(import.meta.dir, '../../../../shared/carrier-vectors')
/** Deviations that a recording really met. */
const used = new Set<Deviation>()
const report = new Map<string, { agree: number; of: number }>()

const recorded = ({ response }: Vector['http'][number]): HttpResponse =>
  httpResponse(200, typeof response === 'string' ? response : JSON.stringify(response))

/** Everything a call carries beside its address. */
const fieldsOf = (call: HttpCall): Record<string, unknown> => ({
  ...call.query,
  ...((call.json ?? {}) as object),
})

const parsed = (data: unknown): unknown =>
  typeof data === 'string' && /^[[{]/.test(data.trim()) ? JSON.parse(data) : undefined

/** Where a recording has no body, its identifiers have to be somewhere in the call. */
function missingScalars(value: unknown, call: HttpCall): string[] {
  const text = decodeURIComponent(JSON.stringify(call))
  const scalars = (one: unknown): string[] =>
    typeof one === 'object' && one !== null ? Object.values(one).flatMap(scalars) : [String(one)]
  return scalars(value).filter((scalar) => !text.includes(scalar))
}

function checkCall(
  call: HttpCall,
  http: Vector['http'][number] | undefined,
  wanted: unknown,
  allowed: (path: string) => boolean,
): string[] {
  const said: string[] = []
  if (http) {
    const url = new URL(http.url.replaceAll(' ', '%20'))
    if (`${call.method} ${call.path}` !== `${http.method} ${decodeURIComponent(url.pathname)}`) {
      said.push(`${http.method} ${url.pathname} recorded, ${call.method} ${call.path} sent`)
    }
  }
  const body = (call.json !== undefined || call.query !== undefined) && typeof wanted === 'object'
  const expected = http
    ? (parsed(http.data) ?? Object.fromEntries(new URL(http.url).searchParams))
    : body
      ? wanted
      : undefined
  if (!http && !body) said.push(...missingScalars(wanted, call).map((one) => `${one} is missing`))
  for (const { path, expected: want, got } of differences(expected, fieldsOf(call))) {
    if (!allowed(path)) said.push(`${path}: recorded ${String(want)}, sent ${String(got)}`)
  }
  return said
}

async function judge(
  carrier: Carrier,
  operation: OperationName,
  connection: Connection,
  vector: Vector,
): Promise<string[]> {
  const input = fromVector(carrier, operation, vector.request)
  const { calls, reading } = await perform(
    carrier,
    operation,
    connection,
    input,
    now_ms,
    (_, index) => {
      const http = vector.http[index]
      return http && recorded(http)
    },
  )
  const allowed = (path: string) => {
    const covering = carrier.deviations.filter((d) => d.operation === operation && covers(d, path))
    for (const deviation of covering) used.add(deviation)
    return covering.length > 0
  }
  const value =
    typeof vector.carrier_request === 'object' ? vector.carrier_request?.value : undefined
  const said = calls.flatMap((call, index) => {
    const wanted = Array.isArray(value) ? value[index] : value
    return checkCall(call, vector.http[index], wanted, allowed)
  })
  if (calls.length < vector.http.length) {
    said.push(`${vector.http.length} calls recorded, ${calls.length} sent`)
  }
  if (vector.result) {
    if (reading) said.push(...checkReading(operation, vector.result, reading))
    else said.push('nothing could be read')
  }
  return said
}

if (existsSync(folder)) {
  describe('outside recordings', () => {
    for (const carrier of carriers) {
      const file = join(folder, `${carrier.id}.json`)
      if (!existsSync(file)) continue
      const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as {
        vectors: Record<string, Vector[]>
      }
      const connection = loadConnection(carrier.id)
      for (const [operation, list] of Object.entries(vectors)) {
        const key = `${carrier.id} ${operation}`
        report.set(key, { agree: 0, of: list.length })
        for (const vector of list) {
          test(`${key}: ${vector.name}`, async () => {
            expect(Object.keys(carrier.operations)).toContain(operation)
            expect(await judge(carrier, operation as OperationName, connection, vector)).toEqual([])
            report.get(key)!.agree += 1
          })
        }
      }
    }

    test('every declared deviation is one: none is left over', () => {
      const carriers_with_vectors = carriers.filter(({ id }) =>
        existsSync(join(folder, `${id}.json`)),
      )
      for (const { id, deviations } of carriers_with_vectors) {
        for (const deviation of deviations) {
          expect({ id, deviation, used: used.has(deviation) }).toEqual({
            id,
            deviation,
            used: true,
          })
        }
      }
    })

    afterAll(() => {
      const known = readdirSync(folder).filter((name) => name.endsWith('.json')).length
      const lines = [...report].map(([key, { agree, of }]) => `  ${key.padEnd(24)}${agree}/${of}`)
      console.info(`Outside recordings that agree (of ${known} carriers):\n${lines.join('\n')}`)
    })
  })
}
