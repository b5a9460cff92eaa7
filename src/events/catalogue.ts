/** The catalogue of everything that can be told: each type with its schema and an example. */
import type { TObject } from '@sinclair/typebox'
import { assert } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import type { EventType } from './emit.ts'
import { exampleOf } from '../operations/example.ts'
import type { EventTypeEntry } from './schema.ts'

export interface Catalogue {
  /** By name. Made when it is first asked for: a start does not wait for examples. */
  entries(): readonly EventTypeEntry[]
}

/** Two rooms that claim one type would mislead every subscriber: that fails the start. */
export function openCatalogue(types: readonly EventType[]): Catalogue {
  const names = types.map(({ type }) => type)
  assert(new Set(names).size === names.length, 'every type of event is declared once')
  let made: readonly EventTypeEntry[] | undefined
  return { entries: () => (made ??= types.map(toEntry).sort((a, b) => (a.type < b.type ? -1 : 1))) }
}

const toEntry = ({ type, summary, data }: EventType): EventTypeEntry => ({
  type,
  summary,
  data_schema: plain(data),
  example: exampleOf(data),
})

/** TypeBox keeps its own notes in symbols; JSON leaves them out. */
const plain = (schema: TObject): unknown => JSON.parse(JSON.stringify(schema))

export const listEventTypes = (catalogue: Catalogue) => (_read: Read, _input: object) => ({
  data: [...catalogue.entries()],
})
