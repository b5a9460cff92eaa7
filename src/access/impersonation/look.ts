/** Looks through a member's eyes: for whom the door stays open, and what may not be touched. */
import type { DataFolder } from '../../db/data-folder.ts'
import { systemScope } from '../../db/scope.ts'
import type { Read } from '../../db/session.ts'
import type { Banner, Principal } from '../../operations/principal.ts'
import { covers } from '../permissions.ts'
import { standingOf } from '../roles/patterns-of.ts'
import { findSecuritySettings } from '../security/store.ts'
import { support_permission } from './open.ts'
import { findVisit, type SupportVisitRow } from './store.ts'

const scope = systemScope('gate')

/**
 * Rooms by which people and machines come in, letters with links, and ways by which the data of the
 * business leaves: support only reads there.
 */
const kept_from_support = [
  ...['account', 'tokens', 'members', 'roles', 'owners', 'security', 'mails'],
  ...['exports', 'audit', 'webhooks'],
]

/** Undefined once it has ended, its time ran out, or the business forbids it. */
export function findOpenVisit(read: Read, id: string): SupportVisitRow | undefined {
  const visit = findVisit(read, id)
  if (!visit || visit.ended_at || visit.expires_at <= read.now) return undefined
  return findSecuritySettings(read).allow_support_access === 1 ? visit : undefined
}

/** Who left the operator's staff meanwhile, or lost the permission, sees nothing more. */
export const mayStillLook = (data: DataFolder, staff_id: string): boolean =>
  data.platform.read(scope, (read) => {
    const standing = standingOf(read, staff_id, '')
    return standing !== undefined && covers(standing.patterns, support_permission)
  })

/**
 * The member's own principal, with the one who really acts beside it. Answers that are kept for a retry
 * are the look's own: no key of the member opens his.
 */
export const inPlaceOf = (principal: Principal, visit: SupportVisitRow): Principal => ({
  ...principal,
  id: visit.id,
  actor: { ...principal.actor, impersonator: { id: visit.staff_id, name: visit.staff_name } },
  read_only:
    visit.read_only === 1 ? 'Support looks on here and can change nothing.' : principal.read_only,
  may: (permission) =>
    principal.may(permission) &&
    (permission.endsWith('.read') ||
      !kept_from_support.includes(permission.slice(0, permission.indexOf('.')))),
})

export const bannerOf = (visit: SupportVisitRow, user_name: string): Banner => ({
  tone: 'bad',
  text:
    `${visit.staff_name} of the operator’s staff looks through the eyes of ${user_name}, ` +
    `${visit.read_only === 1 ? 'reading only' : 'with changes'}, ` +
    `until ${visit.expires_at.slice(11, 16)} UTC: “${visit.reason}”`,
  action: { label: 'End it', path: '/support-end', posts: true },
})
