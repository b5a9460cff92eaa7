/** Everything that can be permitted, made of what all rooms declare. */
import type { Operation } from '../../operations/operation.ts'
import { permission_set_names, permission_sets } from '../permission-sets.ts'
import type { PermissionList } from './schema.ts'

/** More than these many things are counted, not named. */
const most_named = 3

/** By name, each with what it is needed for. */
export function permissionsIn(operations: readonly Operation[]): PermissionList {
  const names = [...new Set(operations.map(({ permission }) => permission))].sort()
  return {
    permissions: names.map((permission) => {
      const needing = operations.filter((operation) => operation.permission === permission)
      return {
        permission,
        room: permission.slice(0, permission.indexOf('.')),
        levels: [...new Set(needing.map(({ level }) => level))],
        summary: sentenceOf(needing),
        operations: needing.map(({ id }) => id),
      }
    }),
    sets: permission_set_names.map((name) => {
      const { level, summary, patterns } = permission_sets[name]
      return { name, level, summary, permissions: [...patterns] }
    }),
  }
}

/** `List items, get an item, and 3 more.` What only the operator does is named where nobody else can. */
function sentenceOf(needing: readonly Operation[]): string {
  const below = needing.filter(({ level }) => level !== 'platform')
  const told = below.length > 0 ? below : needing
  const acts = [...new Set(told.map(({ summary }) => summary.split(/[;,:]/)[0]!))]
  const named = acts.slice(0, most_named).map((act, index) => (index === 0 ? act : lower(act)))
  const rest = acts.length - named.length
  return `${named.join(', ')}${rest > 0 ? `, and ${rest} more` : ''}.`
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
