/** Looks lots and serials up. */
import type { Read } from '../../db/session.ts'
import { notFound } from '../../kit/problem.ts'
import type { Lot, LotFilter, Serial, SerialFilter } from './schema.ts'
import {
  findLotRow,
  findLotRowByCode,
  findSerialRow,
  findSerialRowByCode,
  listLotRows,
  listSerialRows,
} from './store.ts'

/** @throws Problem `not_found` */
export function getLot(read: Read, { id }: { id: string }): Lot {
  const lot = findLotRow(read, id)
  if (!lot) throw notFound('lot', id)
  return lot
}

/** The lot of an item that a person or a scanner means: by id, else by code. */
export const findLot = (read: Read, item_id: string, id_or_code: string): Lot | undefined => {
  const lot = findLotRow(read, id_or_code)
  return lot?.item_id === item_id ? lot : findLotRowByCode(read, item_id, id_or_code)
}

export function listLots(read: Read, filter: LotFilter) {
  const { rows, ...rest } = listLotRows(read, filter)
  return { data: rows, ...rest }
}

/** @throws Problem `not_found` */
export function getSerial(read: Read, { id }: { id: string }): Serial {
  const serial = findSerialRow(read, id)
  if (!serial) throw notFound('serial', id)
  return serial
}

/** The unit of an item that a person or a scanner means: by id, else by code. */
export const findSerial = (read: Read, item_id: string, id_or_code: string): Serial | undefined => {
  const serial = findSerialRow(read, id_or_code)
  return serial?.item_id === item_id ? serial : findSerialRowByCode(read, item_id, id_or_code)
}

export function listSerials(read: Read, filter: SerialFilter) {
  const { rows, ...rest } = listSerialRows(read, filter)
  return { data: rows, ...rest }
}

/** Whether orders may have it today: its status is ok and its last day has not passed. */
export const isUsable = (lot: Pick<Lot, 'status' | 'expires_on'>, today: string): boolean =>
  lot.status === 'ok' && (lot.expires_on === null || lot.expires_on >= today)
