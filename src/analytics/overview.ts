/** The operator's first look: how many businesses there are, what they do, and what needs somebody. */
import { day_ms, timestamp } from '../kit/clock.ts'
import type { Read } from '../db/session.ts'
import type { Beside } from '../operations/outward.ts'
import { listSchedules } from '../schedule/read.ts'
import type { AttentionKind, Overview } from './schema.ts'
import {
  busiest,
  countByStatus,
  countFailedMails,
  foundedByDay,
  measuredAt,
  usedByDay,
  type DayRow,
} from './store-platform.ts'

const days_shown = 30
const busiest_shown = 10

export function getOverview(read: Read, _input: object, { data }: Beside): Overview {
  const by_status = countByStatus(read) as Overview['tenants']['by_status']
  const days = Array.from({ length: days_shown }, (_, index) =>
    timestamp(read.now_ms - (days_shown - 1 - index) * day_ms).slice(0, 10),
  )
  const filled = (rows: DayRow[]) => {
    const known = new Map(rows.map(({ day, value }) => [day, value]))
    return days.map((day) => ({ day, value: known.get(day) ?? 0 }))
  }
  const since = days[0]!
  return {
    tenants: {
      total: by_status.reduce((sum, each) => sum + (each.status === 'deleted' ? 0 : each.count), 0),
      by_status,
      founded: filled(foundedByDay(read, since)),
    },
    usage: {
      measured_at: measuredAt(read),
      api_calls: filled(usedByDay(read, 'api_calls', since)),
      shipments: filled(usedByDay(read, 'shipments', since)),
      busiest: busiest(read, busiest_shown),
    },
    attention: attentionOf(read, by_status, data.tenants.maintenance.size),
  }
}

function attentionOf(
  read: Read,
  by_status: Overview['tenants']['by_status'],
  in_maintenance: number,
): Overview['attention'] {
  const withStatus = (wanted: string) =>
    by_status.find(({ status }) => status === wanted)?.count ?? 0
  const failed = listSchedules(read, {}).data.filter(({ last_run }) => last_run?.state === 'failed')
  const counts: Record<AttentionKind, number> = {
    in_maintenance,
    restricted: withStatus('restricted'),
    suspended: withStatus('suspended'),
    closing: withStatus('closing'),
    mail_failed: countFailedMails(read),
    schedule_failed: failed.length,
  }
  return Object.entries(counts).flatMap(([kind, count]) =>
    count > 0 ? [{ kind: kind as AttentionKind, count }] : [],
  )
}
