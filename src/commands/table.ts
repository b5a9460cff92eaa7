/** All commands, in the order in which help lists them. */
import { backup, backupList, backupVerify } from './backup.ts'
import type { Command } from './command.ts'
import { configLitestream, configShow } from './config.ts'
import { demo } from './demo.ts'
import { doctor } from './doctor.ts'
import { house_commands } from './house-commands.ts'
import { openapi } from './openapi.ts'
import { referenceOf } from './reference.ts'
import { restoreAll } from './restore.ts'
import { selfTest } from './self-test.ts'
import { serve } from './serve.ts'
import { verifyArchive } from './verify-archive.ts'
import { verifyAudit } from './verify-audit.ts'

export const commands: readonly Command[] = [
  serve,
  demo,
  ...house_commands,
  verifyAudit,
  verifyArchive,
  restoreAll,
  backup,
  backupList,
  backupVerify,
  doctor,
  configShow,
  configLitestream,
  openapi,
  referenceOf(() => commands),
  selfTest,
]
