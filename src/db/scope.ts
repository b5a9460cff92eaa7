/** Who is asking, for which organization, in which request. Travels with every read and write. */
import type { Terms } from '../kit/terms.ts'

export interface Actor {
  kind: 'user' | 'token' | 'staff' | 'system'
  id: string
  /** Shown in the audit trail and on screen. */
  name: string
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
