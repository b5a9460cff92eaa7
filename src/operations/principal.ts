/** Who stands at the door, as access found out from a token or a session. */
import type { Terms } from '../kit/terms.ts'
import type { Problem } from '../kit/problem.ts'
import type { Actor, SessionFacts } from '../db/scope.ts'
import type { Level } from './operation.ts'

export interface Principal {
  /** Token or user id: idempotency keys and rate limits are kept per principal. */
  readonly id: string
  readonly level: Level
  /** Empty for the platform's own. */
  readonly tenant_id: string
  /** The organization it works in unless it names another; empty for the platform's own. */
  readonly organization_id: string
  readonly actor: Actor
  /** Of a person who signed in; undefined for tokens. */
  readonly session?: SessionFacts | undefined
  /** Set while the tenant may only read: suspended, closing. The reason is shown. */
  readonly read_only: string | undefined
  /** What its business may use; without them nothing is limited. */
  readonly terms: Terms | undefined
  /** Whether its role and scopes grant a permission. */
  may(permission: string): boolean
}

/** What the doors ask of `access`, which stands two floors up and is handed in by `app.ts`. */
export interface Gatekeeper {
  /**
   * Reads `Authorization: Bearer …` and `Stowage-Organization`.
   * @throws Problem `unauthenticated` for anything unknown, `not_found` for a foreign organization
   */
  fromToken(authorization: string, organization: string | null, ip: string): Principal
  /** Reads the session cookie; undefined when nobody is signed in. */
  fromSession(request: Request, ip: string): Promise<Visitor | undefined>
}

/** Said above every page, with the one thing to do about it. */
export interface Banner {
  tone: 'warn' | 'bad'
  text: string
  /** A page that leads on, or, with `posts`, a form of one button. */
  action?: { label: string; path: string; posts?: true }
}

/** The business somebody is in. */
export interface VisitedTenant {
  readonly id: string
  readonly name: string
  readonly environment: 'sandbox' | 'live'
  /** Of a sandbox or a branch: what it is, and the name of the live business. */
  readonly beside: { kind: 'sandbox' | 'branch'; name: string } | undefined
}

/** A person in the console. */
export interface Visitor {
  readonly principal: Principal
  readonly user: { id: string; name: string; email: string }
  readonly tenant: VisitedTenant | undefined
  /** Those it may enter; the one it is in is the principal's. */
  readonly organizations: { id: string; name: string }[]
  readonly role: string
  /** Bound to the session; every form carries it. */
  readonly csrf_token: string
  readonly banners: readonly Banner[]
  /** Why no page is shown to him: his address is not one of those that are let in. */
  readonly barred?: Problem | undefined
  /** The only page he is shown, with what is below it, until he did what it asks. */
  readonly led_to?: string | undefined
}
