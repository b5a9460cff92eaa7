/** Finds what somebody typed or scanned: the one thing that carries the code, or what begins with it. */
import type { Read } from '../db/session.ts'
import type { Find, FindQuery, Match } from './schema.ts'
import { findExactly, findNear } from './store-find.ts'

/** Codes are printed in capitals and typed without: both are tried. */
const spellings = (code: string): string[] => [...new Set([code, code.toUpperCase()])]

export function findCode(read: Read, { code }: FindQuery): Find {
  const typed = code.trim()
  if (!typed) return { exact: false, matches: [] }
  const exact = once(spellings(typed).flatMap((each) => findExactly(read, each)))
  if (exact.length > 0) return { exact: true, matches: exact }
  const capital = typed.charAt(0).toUpperCase() + typed.slice(1)
  const near = [...spellings(typed), capital].flatMap((each) => findNear(read, each))
  return { exact: false, matches: once(near) }
}

const once = (matches: readonly Match[]): Match[] => [
  ...new Map(matches.map((match) => [match.id, match])).values(),
]
