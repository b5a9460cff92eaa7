/** All commands, in the order in which help lists them. */
import type { Command } from './command.ts'
import { configShow } from './config.ts'
import { demo } from './demo.ts'
import { doctor } from './doctor.ts'
import { migrate } from './migrate.ts'
import { openapi } from './openapi.ts'
import { selfTest } from './self-test.ts'
import { serve } from './serve.ts'

export const commands: readonly Command[] = [
  serve,
  demo,
  migrate,
  doctor,
  configShow,
  openapi,
  selfTest,
]
