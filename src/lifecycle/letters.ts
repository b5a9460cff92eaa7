/** What is written to those who look after a business about its life and what is required of it. */
import { day_ms } from '../kit/clock.ts'
import type { Write } from '../db/session.ts'
import { queueMail } from '../mail/queue.ts'
import type { Tenant } from '../tenants/schema.ts'
import type { Requirement } from './requirements/schema.ts'

type Addressee = Pick<Tenant, 'name' | 'admin_email'>

/** `2026-12-21`: of a time in RFC 3339. */
const dayOf = (time: string): string => time.slice(0, 10)

const business = { label: 'Look at it', path: '/settings/business' }

export function tellOfClosing(
  tx: Write,
  { name, admin_email: recipient, closes_at, status_reason }: Tenant,
  asked_by: 'operator' | 'tenant',
): void {
  const day = dayOf(closes_at!)
  queueMail(tx, {
    kind: 'closing',
    recipient,
    subject: `${name} closes on ${day}`,
    lines: [
      asked_by === 'tenant'
        ? `You asked for ${name} to be closed.`
        : `${name} is being closed.${status_reason && ` ${status_reason}`}`,
      `Until ${day} everything can be read and exported, and nothing can be changed. After that day it is erased, with its sandboxes and branches, and cannot be brought back.`,
      asked_by === 'tenant'
        ? 'Until then you can reopen it.'
        : 'Whoever runs this installation can reopen it until then.',
    ],
    action: { label: 'Export or reopen', path: '/settings/business' },
  })
}

export function tellOfReopening(tx: Write, { name, admin_email: recipient }: Addressee): void {
  queueMail(tx, {
    kind: 'reopened',
    recipient,
    subject: `${name} goes on`,
    lines: [`${name} is not being closed any more. Nothing was lost.`],
    action: business,
  })
}

export function remindOfClosing(
  tx: Write,
  { name, admin_email: recipient, closes_at }: Addressee & { closes_at: string },
): void {
  const days = daysUntil(tx, closes_at)
  queueMail(tx, {
    kind: 'closing_reminder',
    recipient,
    subject: `${name} is erased in ${inDays(days)}`,
    lines: [
      `On ${dayOf(closes_at)} ${name} is erased, with everything in it.`,
      'Export now what you want to keep.',
    ],
    action: { label: 'Export or reopen', path: '/settings/business' },
  })
}

export function tellOfRequirement(
  tx: Write,
  { name, admin_email: recipient }: Addressee,
  { title, detail, due_at, due }: Requirement,
): void {
  const past = due === 'past_due'
  const lines = [
    past
      ? `The time for this is over, and until it is done a part of ${name} cannot be used: ${title}.`
      : `This is required of ${name} by ${dayOf(due_at!)}: ${title}.`,
    detail,
  ]
  queueMail(tx, {
    kind: past ? 'requirement_past_due' : 'requirement_due',
    recipient,
    subject: past
      ? `${name} is restricted: ${title}`
      : `${title}: due in ${inDays(daysUntil(tx, due_at!))}`,
    lines: lines.filter(Boolean),
    action: business,
  })
}

/** Whole days that are left, a begun one counted. */
export const daysUntil = ({ now_ms }: Pick<Write, 'now_ms'>, time: string): number =>
  Math.max(0, Math.ceil((Date.parse(time) - now_ms) / day_ms))

/**
 * Which of the reminders is to be sent now: the nearest one whose time has come and which was not
 * sent. One is enough when several have come since.
 */
export const reminderDue = (
  days_left: number,
  told_days: number | null,
  at: readonly number[],
): number | undefined => {
  const nearest = at.filter((days) => days_left <= days).sort((a, b) => a - b)[0]
  if (nearest === undefined) return undefined
  return told_days === null || nearest < told_days ? nearest : undefined
}

const inDays = (days: number): string => (days === 1 ? 'one day' : `${days} days`)
