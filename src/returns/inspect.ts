/** Decides what becomes of returned goods: back on the shelf, set aside, scrapped, or to the supplier. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { invalid, Problem } from '../kit/problem.ts'
import { formatQuantity, parsePositive } from '../kit/quantity.ts'
import { getItem } from '../catalog/read.ts'
import { counterpart } from '../ledger/accounts/open.ts'
import { post } from '../ledger/post.ts'
import { getPlace, getSite, type Site } from '../locations/read.ts'
import { inUnits } from '../stock/in-units.ts'
import { returnInspected } from './events.ts'
import { getReturn, getReturnIn } from './read.ts'
import { statusOf } from './receive.ts'
import type { Disposition, Inspection, Return } from './schema.ts'
import { addInspected, insertDisposition, linesOfReturn, setStatus, type LineRow } from './store.ts'

type Wanted = Inspection['lines'][number]

const reasons: Record<Disposition, string> = {
  restock: 'disposition',
  refurbish: 'quarantine',
  quarantine: 'quarantine',
  scrap: 'scrap',
  return_to_supplier: 'supplier_return',
}

/** One posting per line: each can be understood, and taken back, alone. */
export function inspectReturn(tx: Write, { id, lines }: Inspection & { id: string }): Return {
  const row = getReturnIn(tx, id, ['partially_received', 'received'])
  const site = getSite(tx, row.site_id)
  const source = getPlace(tx, site.returns_id).account_id
  for (const [index, wanted] of lines.entries()) {
    const { line, quantity } = readLine(tx, linesOfReturn(tx, id), wanted, index)
    const { account_id, location_id } = whereTo(tx, site, wanted, `/lines/${index}`)
    const { item_id, lot_id, serial_id } = line
    const { posting } = inUnits(tx, () =>
      post(tx, {
        reason: reasons[wanted.disposition],
        reference: { type: 'return', id },
        note: wanted.note ?? '',
        movements: [{ item_id, lot_id, serial_id, source, target: account_id, quantity }],
      }),
    )
    addInspected(tx, id, line.line, quantity)
    insertDisposition(tx, id, {
      id: tx.id('dsp'),
      line: line.line,
      disposition: wanted.disposition,
      quantity,
      location_id,
      posting_id: posting.id,
      note: wanted.note ?? '',
    })
  }
  setStatus(tx, id, statusOf(linesOfReturn(tx, id)))
  const inspected = getReturn(tx, { id })
  emit(tx, returnInspected, id, inspected)
  return inspected
}

function readLine(
  tx: Write,
  lines: readonly LineRow[],
  { line, quantity: said }: Wanted,
  index: number,
): { line: LineRow; quantity: number } {
  const found = lines.find((each) => each.line === line)
  if (!found) throw invalid(`/lines/${index}/line`, `This return has no line ${line}.`)
  const { scale } = getItem(tx, { id: found.item_id })
  const pointer = `/lines/${index}/quantity`
  const quantity = parsePositive(said, scale, pointer)
  const waiting = found.received - found.inspected
  if (quantity <= waiting) return { line: found, quantity }
  const available = formatQuantity(waiting, scale)
  const detail = `Of line ${line}, ${available} wait for inspection, not ${formatQuantity(quantity, scale)}.`
  throw new Problem('not_returnable', detail, { available, errors: [{ pointer, detail }] })
}

function whereTo(
  tx: Write,
  site: Site,
  { disposition, location_id }: Wanted,
  pointer: string,
): { account_id: string; location_id: string | null } {
  if (disposition === 'scrap') return { account_id: counterpart(tx, 'scrap').id, location_id: null }
  if (disposition === 'return_to_supplier') {
    return { account_id: counterpart(tx, 'supplier').id, location_id: null }
  }
  if (disposition === 'restock' && !location_id) {
    throw invalid(`${pointer}/location_id`, 'Name the bin it goes back into.')
  }
  const place = getPlace(tx, location_id ?? site.quarantine_id, `${pointer}/location_id`)
  return { account_id: place.account_id, location_id: place.id }
}
