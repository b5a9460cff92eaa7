/** Where the executable begins. */
import { runCommandLine } from './commands/run.ts'

// They would turn the programs we start, ourselves among them, into something else.
delete process.env.BUN_OPTIONS
delete process.env.BUN_BE_BUN

process.exitCode = await runCommandLine(process.argv.slice(2))
