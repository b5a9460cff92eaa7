/** The rows that say who is on which plan, and where one business differs from its plan. */
import { listRows, type ListRequest, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'

export interface SubscriptionRow {
  id: string
  tenant_id: string
  plan_id: string
  revision: number
  is_trial: 0 | 1
  from_at: string
  until_at: string | null
  period_day: number
  next_plan_id: string | null
  next_revision: number | null
  next_at: string | null
  changed_by_kind: string
  changed_by_id: string
  changed_by_name: string
  reason: string
}

/** Who tries a plan for no longer than this was told of its end when it began. */
const short_trial_days = 4

export interface OverrideRow {
  id: string
  tenant_id: string
  kind: 'feature' | 'limit' | 'quota' | 'rate'
  name: string
  value: string
  reason: string
  ends_at: string | null
  created_by: string
  created_at: string
}

/** What this room has to know of a business. */
export interface SubscriberRow {
  id: string
  name: string
  time_zone: string
  admin_email: string
}

export const findSubscriber = (read: Read, tenant_id: string): SubscriberRow | undefined =>
  read.get<SubscriberRow>(
    `SELECT id, name, time_zone, admin_email FROM tenants
     WHERE id = ? AND status NOT IN ('pending', 'deleted')`,
    tenant_id,
  )

/** Also of a business that is still being founded. */
export const timeZoneOf = (read: Read, tenant_id: string): string =>
  read.get<{ time_zone: string }>('SELECT time_zone FROM tenants WHERE id = ?', tenant_id)
    ?.time_zone ?? 'UTC'

/** A sandbox or a branch has the plan of the live business it belongs to. */
export const payerOf = (read: Read, tenant_id: string): string =>
  read.get<{ id: string }>(
    'SELECT coalesce(parent_id, id) AS id FROM tenants WHERE id = ?',
    tenant_id,
  )?.id ?? tenant_id

export const findSubscription = (read: Read, tenant_id: string): SubscriptionRow | undefined =>
  read.get<SubscriptionRow>(
    'SELECT * FROM subscriptions WHERE tenant_id = ? AND until_at IS NULL',
    tenant_id,
  )

export const findTrial = (read: Read, tenant_id: string): SubscriptionRow | undefined =>
  read.get<SubscriptionRow>(
    'SELECT * FROM subscriptions WHERE tenant_id = ? AND is_trial = 1',
    tenant_id,
  )

export const insertSubscription = (
  tx: Write,
  row: Omit<
    SubscriptionRow,
    'id' | 'from_at' | 'until_at' | 'changed_by_kind' | 'changed_by_id' | 'changed_by_name'
  >,
): number =>
  tx.run(
    `INSERT INTO subscriptions (id, tenant_id, plan_id, revision, is_trial, from_at, period_day,
       next_plan_id, next_revision, next_at, changed_by_kind, changed_by_id, changed_by_name, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    tx.id('sub'),
    row.tenant_id,
    row.plan_id,
    row.revision,
    row.is_trial,
    tx.now,
    row.period_day,
    row.next_plan_id,
    row.next_revision,
    row.next_at,
    tx.scope.actor.kind,
    tx.scope.actor.id,
    tx.scope.actor.name,
    row.reason,
  )

export const closeSubscription = (tx: Write, tenant_id: string): number =>
  tx.run(
    `UPDATE subscriptions SET until_at = ?, next_plan_id = NULL, next_revision = NULL, next_at = NULL
     WHERE tenant_id = ? AND until_at IS NULL`,
    tx.now,
    tenant_id,
  )

export const setNext = (
  tx: Write,
  tenant_id: string,
  next: Pick<SubscriptionRow, 'next_plan_id' | 'next_revision' | 'next_at'>,
): number =>
  tx.run(
    `UPDATE subscriptions SET next_plan_id = ?, next_revision = ?, next_at = ?
     WHERE tenant_id = ? AND until_at IS NULL`,
    next.next_plan_id,
    next.next_revision,
    next.next_at,
    tenant_id,
  )

/** Those whose time for what follows has come. */
export const subscriptionsToFollow = (read: Read, limit: number): SubscriptionRow[] =>
  read.all<SubscriptionRow>(
    'SELECT * FROM subscriptions WHERE next_at <= ? ORDER BY next_at LIMIT ?',
    read.now,
    limit,
  )

/** Trials that end before a time and were not told of; one of a few days needs no reminder. */
export const trialsToTell = (read: Read, before: string, limit: number): SubscriptionRow[] =>
  read.all<SubscriptionRow>(
    `SELECT * FROM subscriptions WHERE is_trial = 1 AND next_at IS NOT NULL
       AND end_told_at IS NULL AND next_at > ? AND next_at <= ?
       AND julianday(next_at) - julianday(from_at) > ? ORDER BY next_at LIMIT ?`,
    read.now,
    before,
    short_trial_days,
    limit,
  )

export const setEndTold = (tx: Write, id: string): number =>
  tx.run('UPDATE subscriptions SET end_told_at = ? WHERE id = ?', tx.now, id)

export const listSubscriptionRows = (
  read: Read,
  tenant_id: string,
  request: ListRequest,
): Page<SubscriptionRow & { code: string; plan_name: string }> =>
  listRows(read, request, {
    select: `s.*, p.code, r.name AS plan_name FROM subscriptions s
      JOIN plans p ON p.id = s.plan_id
      JOIN plan_revisions r ON r.plan_id = s.plan_id AND r.revision = s.revision`,
    where: [['s.tenant_id = ?', tenant_id]],
    sortable: { from_at: 's.from_at' },
    default_sort: '-from_at',
    id: 's.id',
  })

/** How many are on a plan now, and how many of those on an earlier revision of it. */
export const countSubscribers = (
  read: Read,
  plan_id: string,
  revision: number,
): { subscribers: number; behind: number } =>
  read.get(
    `SELECT count(*) AS subscribers, coalesce(sum(revision <> ?), 0) AS behind
     FROM subscriptions WHERE plan_id = ? AND until_at IS NULL`,
    revision,
    plan_id,
  )!

export const wasEverUsed = (read: Read, plan_id: string): boolean =>
  read.get(
    'SELECT 1 FROM subscriptions WHERE plan_id = ? OR next_plan_id = ? LIMIT 1',
    plan_id,
    plan_id,
  ) !== undefined

/** Those on an earlier revision than this, but for those who only try it. */
export const subscribersBehind = (
  read: Read,
  plan_id: string,
  revision: number,
  limit: number,
): SubscriptionRow[] =>
  read.all<SubscriptionRow>(
    `SELECT * FROM subscriptions
     WHERE plan_id = ? AND revision <> ? AND until_at IS NULL AND is_trial = 0
     ORDER BY tenant_id LIMIT ?`,
    plan_id,
    revision,
    limit,
  )

export const overridesInForce = (read: Read, tenant_id: string): OverrideRow[] =>
  read.all<OverrideRow>(
    `SELECT * FROM plan_overrides WHERE tenant_id = ? AND (ends_at IS NULL OR ends_at > ?)
     ORDER BY created_at, id LIMIT 200`,
    tenant_id,
    read.now,
  )

export const listOverrideRows = (
  read: Read,
  tenant_id: string,
  request: ListRequest,
): Page<OverrideRow> =>
  listRows<OverrideRow>(read, request, {
    select: '* FROM plan_overrides',
    where: [
      ['tenant_id = ?', tenant_id],
      ['(ends_at IS NULL OR ends_at > ?)', read.now],
    ],
    sortable: { created_at: 'created_at' },
    default_sort: 'created_at',
    id: 'id',
  })

export const findOverride = (read: Read, id: string): OverrideRow | undefined =>
  read.get<OverrideRow>('SELECT * FROM plan_overrides WHERE id = ?', id)

/** Takes the place of an earlier one about the same thing. */
export const putOverride = (
  tx: Write,
  row: Omit<OverrideRow, 'created_by' | 'created_at'>,
): number =>
  tx.run(
    `INSERT OR REPLACE INTO plan_overrides (id, tenant_id, kind, name, value, reason, ends_at,
       created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.tenant_id,
    row.kind,
    row.name,
    row.value,
    row.reason,
    row.ends_at,
    tx.scope.actor.name,
    tx.now,
  )

export const deleteOverride = (tx: Write, id: string): number =>
  tx.run('DELETE FROM plan_overrides WHERE id = ?', id)

export const deleteEndedOverrides = (tx: Write): number =>
  tx.run('DELETE FROM plan_overrides WHERE ends_at <= ?', tx.now)
