/** The commands that work on an open house: alone, or inside the server that holds the folder. */
import type { HouseCommand } from './command.ts'
import { exportAudit } from './export-audit.ts'
import { migrate } from './migrate.ts'
import { restore } from './restore.ts'
import { setupLink } from './setup-link.ts'
import {
  tenantClose,
  tenantCreate,
  tenantErase,
  tenantList,
  tenantReopen,
  tenantResume,
  tenantSuspend,
} from './tenant.ts'
import { tokenCreate, tokenRevoke } from './token.ts'
import { verify } from './verify.ts'

export const house_commands: readonly HouseCommand[] = [
  setupLink,
  tenantCreate,
  tenantList,
  tenantSuspend,
  tenantResume,
  tenantClose,
  tenantReopen,
  tenantErase,
  tokenCreate,
  tokenRevoke,
  migrate,
  verify,
  exportAudit,
  restore,
]
