/** The job that makes an archive of the whole business. */
import { Type } from '@sinclair/typebox'
import { Problem } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import { reachOf } from '../access/reach.ts'
import { jobKind } from '../jobs/kind.ts'
import { makeArchive } from './make.ts'
import { archive_kind } from './manifest.ts'

/**
 * An archive holds everything of everybody: only an owner of the business, a token that may do
 * everything, or the operator. @throws Problem `forbidden`
 */
export function requireOwner(read: Read): void {
  const { wide, leads } = reachOf(read)
  if (wide && leads) return
  throw new Problem('forbidden', 'Only an owner of the business takes all of it along.')
}

export const businessArchive = jobKind({
  kind: archive_kind,
  summary: 'Make an archive of the whole business: complete, readable and provable without us',
  permission: 'exports.make',
  of: 'business',
  while_read_only: true,
  input: Type.Object({}, { additionalProperties: false }),
  admit: requireOwner,
  run: makeArchive,
})

export const jobs = [businessArchive]
