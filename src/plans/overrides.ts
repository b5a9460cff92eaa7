/** Exceptions: one business differs from its plan in one thing, for a reason and perhaps for a time. */
import { invalid, notFound } from '../kit/problem.ts'
import { feature_names, limit_names, meter_names } from '../kit/terms.ts'
import type { Read, Write } from '../db/session.ts'
import { accessChanged } from '../operations/access-changed.ts'
import { getSubscriber } from './find.ts'
import { rate_levels, type NewOverride, type Override, type OverrideFilter } from './schema.ts'
import {
  deleteOverride,
  findOverride,
  listOverrideRows,
  putOverride,
  type OverrideRow,
} from './store-subscriptions.ts'

/** In the order they were made. @throws Problem `not_found` */
export function listOverrides(read: Read, { id, ...request }: OverrideFilter & { id: string }) {
  getSubscriber(read, id)
  const { rows, ...rest } = listOverrideRows(read, id, request)
  return { data: rows.map(toOverride), ...rest }
}

/** One about the same thing takes the place of the earlier. @throws Problem `not_found`, `invalid` */
export function setOverride(tx: Write, { id, ...wish }: NewOverride & { id: string }): Override {
  getSubscriber(tx, id)
  requireKnown(wish)
  requireFitting(wish)
  const ends_at = wish.ends_at ?? null
  if (ends_at && ends_at <= tx.now) throw invalid('/ends_at', 'This has passed already.')
  const override_id = tx.id('ovr')
  putOverride(tx, {
    id: override_id,
    tenant_id: id,
    kind: wish.kind,
    name: wish.name,
    value: JSON.stringify(wish.value),
    reason: wish.reason,
    ends_at: ends_at && new Date(ends_at).toISOString(),
  })
  tx.afterCommit(accessChanged)
  return toOverride(findOverride(tx, override_id)!)
}

/** What the plan says counts again. @throws Problem `not_found` */
export function removeOverride(tx: Write, { id }: { id: string }): Override {
  const override = getOverride(tx, { id })
  deleteOverride(tx, id)
  tx.afterCommit(accessChanged)
  return override
}

/** @throws Problem `not_found` */
export function getOverride(read: Read, { id }: { id: string }): Override {
  const row = findOverride(read, id)
  if (!row) throw notFound('exception', id)
  return toOverride(row)
}

const names: Record<OverrideRow['kind'], readonly string[]> = {
  feature: feature_names,
  limit: limit_names,
  quota: meter_names,
  rate: rate_levels,
}

function requireKnown({ kind, name }: NewOverride): void {
  if (names[kind].includes(name)) return
  throw invalid('/name', `${name} is no ${kind}: one of ${names[kind].join(', ')}.`)
}

function requireFitting({ kind, value }: NewOverride): void {
  const is_object = typeof value === 'object' && value !== null
  const fits = {
    feature: typeof value === 'boolean',
    limit: value === null || typeof value === 'number',
    quota: value === null || (is_object && 'included' in value),
    rate: value === null || (is_object && 'per_second' in value),
  }[kind]
  if (!fits) throw invalid('/value', `This is no value of a ${kind}.`)
}

const toOverride = (row: OverrideRow): Override => ({
  id: row.id,
  tenant_id: row.tenant_id,
  kind: row.kind,
  name: row.name,
  value: JSON.parse(row.value) as Override['value'],
  reason: row.reason,
  ends_at: row.ends_at,
  created_by: row.created_by,
  created_at: row.created_at,
})
