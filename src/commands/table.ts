/** All commands, in the order in which help lists them. */
import { backup, backupList, backupVerify } from './backup.ts'
import type { Command } from './command.ts'
import { configLitestream, configShow } from './config.ts'
import { demo } from './demo.ts'
import { doctor } from './doctor.ts'
import { migrate } from './migrate.ts'
import { openapi } from './openapi.ts'
import { restore, restoreAll } from './restore.ts'
import { selfTest } from './self-test.ts'
import { serve } from './serve.ts'
import { setupLink } from './setup-link.ts'
import { tenantCreate, tenantList, tenantResume, tenantSuspend } from './tenant.ts'
import { tokenCreate, tokenRevoke } from './token.ts'
import { verify } from './verify.ts'

export const commands: readonly Command[] = [
  serve,
  demo,
  setupLink,
  tenantCreate,
  tenantList,
  tenantSuspend,
  tenantResume,
  tokenCreate,
  tokenRevoke,
  migrate,
  verify,
  backup,
  backupList,
  backupVerify,
  restore,
  restoreAll,
  doctor,
  configShow,
  configLitestream,
  openapi,
  selfTest,
]
