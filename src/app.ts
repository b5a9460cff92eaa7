/** The table of contents: one line per room, from the ground up. */
import * as catalog from './catalog/room.ts'
import * as locations from './locations/room.ts'
import * as parties from './parties/room.ts'
import type { EventType } from './events/emit.ts'
import type { Operation } from './operations/operation.ts'
import type { RoomPages } from './operations/page.ts'

/** What a room may offer; each is a list of declarations in the file of that name. */
export interface Room {
  api?: readonly Operation[]
  events?: readonly EventType[]
  pages?: RoomPages
}

export const rooms: readonly Room[] = [catalog, locations, parties]

export const operations: readonly Operation[] = rooms.flatMap((room) => room.api ?? [])
export const eventTypes: readonly EventType[] = rooms.flatMap((room) => room.events ?? [])
export const pages: readonly RoomPages[] = rooms.flatMap((room) => room.pages ?? [])
