/** Sends goods to another site: they leave their bins and are under way. */
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { invalid } from '../../kit/problem.ts'
import { parsePositive } from '../../kit/quantity.ts'
import { post } from '../../ledger/post.ts'
import { getPlace, getSite } from '../../locations/read.ts'
import { transferSent } from '../events.ts'
import { readGoods } from '../goods.ts'
import { inUnits } from '../in-units.ts'
import { getTransfer } from './read.ts'
import type { NewTransfer, Transfer } from './schema.ts'
import { insertTransfer, insertTransferLine } from './store.ts'

/** @throws Problem `invalid`, `invalid_quantity`, `lot_required`, `insufficient_stock`, `stock_reserved` */
export function sendTransfer(tx: Write, input: NewTransfer): Transfer {
  const to = getSite(tx, input.to_site_id, '/to_site_id')
  const lines = input.lines.map((line, index) => {
    const pointer = `/lines/${index}`
    const { item, ...goods } = readGoods(tx, line, pointer)
    const place = getPlace(tx, line.from_location_id, `${pointer}/from_location_id`)
    const quantity = parsePositive(line.quantity, item.scale, `${pointer}/quantity`)
    return { line: index + 1, item_id: item.id, ...goods, place, quantity }
  })
  const from_site_id = lines[0]!.place.site_id
  lines.forEach(({ place }, index) => {
    const pointer = `/lines/${index}/from_location_id`
    if (place.site_id !== from_site_id) throw invalid(pointer, 'A transfer leaves from one site.')
  })
  if (from_site_id === to.id) {
    throw invalid('/to_site_id', 'These goods are there already: move them instead.')
  }
  const id = tx.id('trf')
  const movements = lines.map(({ item_id, lot_id, serial_id, place, quantity }) => {
    const source = place.account_id
    return { item_id, lot_id, serial_id, source, target: to.account_id, quantity }
  })
  const reference = { type: 'transfer', id }
  const { posting } = inUnits(tx, () => post(tx, { reason: 'transfer', reference, movements }))
  insertTransfer(tx, {
    id,
    from_site_id,
    to_site_id: to.id,
    status: 'sent',
    note: input.note ?? '',
    expected_on: input.expected_on ?? null,
    posting_id: posting.id,
  })
  for (const { place, ...line } of lines) {
    insertTransferLine(tx, id, { ...line, from_location_id: place.id })
  }
  const transfer = getTransfer(tx, { id })
  emit(tx, transferSent, id, transfer)
  return transfer
}
