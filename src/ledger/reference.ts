/** What caused a posting: a document of ours by type and id, or anything that has a URI. */
import { invalid } from '../kit/problem.ts'
import type { Reference } from './schema.ts'

export interface ReferenceColumns {
  reference_type: string
  reference_id: string
}

const none: ReferenceColumns = { reference_type: '', reference_id: '' }

export function referenceColumns(reference: Reference | undefined): ReferenceColumns {
  if (reference === undefined) return none
  if (typeof reference !== 'string') {
    return { reference_type: reference.type, reference_id: reference.id }
  }
  if (!URL.canParse(reference)) throw invalid('/reference', `"${reference}" is not a URI.`)
  return { reference_type: 'uri', reference_id: reference }
}
