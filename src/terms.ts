/** What a business may use now: its plan and the operator's switches, and what it has yet to fulfil. */
import type { DataFolder } from './db/data-folder.ts'
import { systemScope } from './db/scope.ts'
import type { FeatureAnswer, Terms } from './kit/terms.ts'
import { refusalsOf } from './lifecycle/refusals.ts'
import { access_changes } from './operations/access-changed.ts'
import { termsOf, type TermsInFull } from './plans/terms-of.ts'

const scope = systemScope('terms')
const most_kept = 10_000

/** Answers are kept until something about access changes. */
export function openTerms(data: DataFolder): (tenant_id: string) => Terms | undefined {
  const kept = new Map<string, Terms>()
  let changes_seen = access_changes
  return (tenant_id) => {
    if (changes_seen !== access_changes || kept.size >= most_kept) kept.clear()
    changes_seen = access_changes
    const known = kept.get(tenant_id)
    if (known) return known
    const { terms } = inFull(data, tenant_id)
    kept.set(tenant_id, terms)
    return terms
  }
}

/** Each feature with how it was decided. */
export const openFeatures =
  (data: DataFolder) =>
  (tenant_id: string): FeatureAnswer[] =>
    inFull(data, tenant_id).answers

function inFull(data: DataFolder, tenant_id: string): TermsInFull {
  const required = refusalsOf(data, tenant_id)
  return data.platform.read(scope, (read) => termsOf(read, tenant_id, required))
}
