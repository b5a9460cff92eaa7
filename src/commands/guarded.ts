/** Turns what went wrong into words and an exit code. */
import { Problem } from '../kit/problem.ts'
import { UsageError, type Print } from './command.ts'

/** In words when the caller can act on it, whole when it is our mistake. */
export async function guarded(say: Print, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof UsageError) {
      say(error.message)
      return 2
    }
    say(error instanceof Problem ? error.detail : ((error as Error).stack ?? String(error)))
    return 1
  }
}
