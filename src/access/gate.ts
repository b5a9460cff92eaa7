/** The gate: who a token or a session is. */
import type { DataFolder } from '../db/data-folder.ts'
import type { Gatekeeper } from '../operations/principal.ts'
import { findVisitor } from './find-visitor.ts'
import { TokenGuard, type TenantState } from './token-guard.ts'

export function openGate(data: DataFolder, tenantState: TenantState): Gatekeeper {
  const tokens = new TokenGuard(data, tenantState)
  return {
    fromToken: (authorization, organization, ip) => tokens.admit(authorization, organization, ip),
    fromSession: (request, ip) => findVisitor(data, tenantState, request, ip),
  }
}
