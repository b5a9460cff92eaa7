/** A carrier's own fixtures: what is asked, what goes over the wire, and how it reads. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection, OperationName } from '../contract.ts'
import { httpResponse, type HttpCall, type HttpResponse } from '../exchange.ts'

export interface RecordedResponse {
  status: number
  json?: unknown
  text?: string
  base64?: string
}

export interface Fixture {
  operation: OperationName
  name: string
  /** The public document it was written from, and when that was read. */
  source: string
  /** Where it differs from that of the carrier's `connection.json`. */
  config?: Record<string, unknown>
  input: unknown
  exchanges: { request: HttpCall; response: RecordedResponse }[]
  /** Absent: the carrier refuses. */
  result?: unknown
  messages: object[]
}

const folderOf = (carrier_id: string): string => join(import.meta.dir, '..', carrier_id, 'fixtures')

export const responseOf = ({ status, json, text, base64 }: RecordedResponse): HttpResponse =>
  httpResponse(status, base64 === undefined ? (text ?? json ?? '') : Buffer.from(base64, 'base64'))

export function loadFixtures(carrier_id: string): Fixture[] {
  const folder = folderOf(carrier_id)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'connection.json')
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Fixture[])
}

/** The connection under which a carrier's fixtures and outside recordings are run. */
export const loadConnection = (carrier_id: string): Connection =>
  JSON.parse(readFileSync(join(folderOf(carrier_id), 'connection.json'), 'utf8')) as Connection
