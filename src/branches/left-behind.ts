/** What a branch does not inherit, beside the secrets that no copy ever has. */
import { left_out_tables } from '../archives/left-out.ts'

/** What acts towards the outside, opens doors, or counts for the live business. */
const acting = [
  'tokens',
  'invitations',
  'impersonations',
  'webhook_attempts',
  'webhook_deliveries',
  'webhook_endpoints',
  'mails',
  'job_artifacts',
  'job_log',
  'jobs',
  'usage_records',
  'usage_hours',
  'usage_hours_of_organizations',
  'usage_alerts',
]

/** Texts that cannot be told apart from who they are about. A proof of a chain is none of another. */
const telling = [
  'events',
  'event_readers',
  'audit_entries',
  'stock_proofs',
  'stock_proof_position',
  'tracking_events',
]

export const left_behind: readonly string[] = [...Object.keys(left_out_tables), ...acting]
export const left_behind_anonymised: readonly string[] = [...left_behind, ...telling]
