/** Who is asking, for which organization, in which request. Travels with every read and write. */
import type { Terms } from '../kit/terms.ts'

export interface Actor {
  kind: 'user' | 'token' | 'staff' | 'system'
  id: string
  /** Shown in the audit trail and on screen. */
  name: string
  /** The person of the operator's staff who acts in this user's place, with a reason that was given. */
  impersonator?: { id: string; name: string } | undefined
}

/** How somebody who looks at pages came in; tokens have none. */
export interface SessionFacts {
  /** As it is stored: the hash of what the browser holds. */
  id: string
  /** `password`, `password+totp`, `setup_link`, `impersonation` … */
  method: string
  created_at: string
  /** When the person last proved to be the one who signed in. */
  stepped_up_at: string | null
}

export interface Scope {
  /** Whose file it is. Empty on the platform's file. */
  readonly tenant_id: string
  /** Every row an organization owns is read and written through this. Empty on the platform's file. */
  readonly organization_id: string
  readonly actor: Actor
  readonly request_id: string
  readonly ip: string
  readonly user_agent: string
  readonly session?: SessionFacts | undefined
  /** What the business may use; without them nothing is limited. */
  readonly terms?: Terms | undefined
}

/** The scope of work that nobody asked for just now: schedules, workers, migrations. */
export const systemScope = (name: string, organization_id = '', tenant_id = ''): Scope => ({
  tenant_id,
  organization_id,
  actor: { kind: 'system', id: name, name },
  request_id: '',
  ip: '',
  user_agent: '',
})
