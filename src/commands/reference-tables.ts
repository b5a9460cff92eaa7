/** Writes the pages for those who integrate: problems, events and permissions. */
import type { TSchema } from '@sinclair/typebox'
import {
  covers,
  role_names,
  role_summaries,
  roles,
  staff_role_names,
  staff_roles,
} from '../access/permissions.ts'
import { permission_set_names, permission_sets } from '../access/permission-sets.ts'
import { eventTypes, operations } from '../app.ts'
import { problems, type ProblemCode } from '../kit/problems.ts'
import { codesOf } from '../operations/openapi.ts'
import { code, document, table } from './markdown.ts'

// Problems

/** More operations than this are not named one by one: it is the door that answers so. */
const most_named = operations.length / 4

function answeredBy(problem: ProblemCode): string {
  const ids = operations.filter((each) => codesOf(each).includes(problem)).map(({ id }) => id)
  if (ids.length === 0) return 'Pages of the console, or the door itself.'
  if (ids.length === operations.length) return 'Every operation.'
  if (ids.length > most_named) return `${ids.length} of ${operations.length} operations.`
  return ids.map(code).join(', ')
}

const remedyOf = (problem: ProblemCode): string[] => {
  const { status, title, remedy } = problems[problem]
  return [`## ${problem}`, '', `${status}. ${title}. ${remedy}`, '', answeredBy(problem)]
}

export const renderProblems = (): string => {
  const codes = Object.keys(problems) as ProblemCode[]
  return document(
    'Problems',
    '`src/kit/problems.ts` and the operation table',
    [
      'Every error is an RFC 9457 problem. Decide by its `code`, which is stable; its `type` is the',
      'address of a page of the installation that says the same as this one.',
    ],
    table(
      ['code', 'status', 'title'],
      codes.map((each) => [
        `[${each}](#${each})`,
        String(problems[each].status),
        problems[each].title,
      ]),
    ),
    ...codes.map(remedyOf),
  )
}

// Events

interface Described {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Described[]
  items?: Described
  format?: string
  pattern?: string
  description?: string
}

/** A type as a person would say it: `text`, `list of objects`, `po_…`, `one of draft, sent`. */
function typeOf(schema: Described): string {
  const { type, enum: choices, anyOf, items, format, pattern } = schema
  if (schema.const !== undefined) return String(schema.const)
  if (choices) return `one of ${choices.join(', ')}`
  if (anyOf) return [...new Set(anyOf.map(typeOf))].join(' or ').replace('or null', 'or nothing')
  if (type === 'array') return items ? `list of ${typeOf(items)}` : 'list'
  const prefix = pattern && /^\^([a-z]+_)(\[|$)/.exec(pattern)?.[1]
  if (prefix) return `${prefix}…`
  if (format) return format
  return { string: 'text', integer: 'whole number', null: 'null' }[type ?? ''] ?? type ?? 'anything'
}

const fieldsOf = (properties: Record<string, TSchema>): readonly string[] =>
  table(
    ['field', 'type', ''],
    Object.entries(properties).map(([name, schema]) => [
      code(name),
      typeOf(schema as Described),
      (schema as Described).description ?? '',
    ]),
  )

export const renderEvents = (): string =>
  document(
    'Events',
    'what the rooms declare in `events.ts`',
    [
      'What happened, as webhooks, `GET /v1/events` and every other reader of the outbox are told. Each',
      'event has `id`, `type`, `organization_id`, `subject_id`, `occurred_at` and `data`, the fields below.',
    ],
    table(
      ['type', 'when'],
      eventTypes.map(({ type, summary }) => [code(type), summary]),
    ),
    ...eventTypes.flatMap(({ type, summary, data }) => [
      `## ${type}`,
      summary,
      fieldsOf(data.properties),
    ]),
  )

// Permissions

export const renderPermissions = (): string => {
  const grants = { ...roles, ...staff_roles }
  const of_level = (is_platform: boolean) =>
    operations.filter(({ level }) => (level === 'platform') === is_platform)
  const rowsOf = (is_platform: boolean, names: readonly (keyof typeof grants)[]) => {
    const here = of_level(is_platform)
    return [...new Set(here.map(({ permission }) => permission))].sort().map((permission) => [
      code(permission),
      ...names.map((name) => (covers(grants[name], permission) ? 'yes' : '')),
      here
        .filter((each) => each.permission === permission)
        .map(({ id }) => code(id))
        .join(', '),
    ])
  }
  return document(
    'Permissions',
    'the operation table and `src/access/permissions.ts`',
    [
      'A role, and each scope of a token, grants permissions by name or by pattern: `items.*`, `*.read`,',
      '`*`. A token may never do more than whoever made it. A named set stands for several of them and',
      'can be written wherever one of them can.',
    ],
    '## Named sets',
    table(
      ['set', 'stands for', ''],
      permission_set_names.map((name) => {
        const { patterns, summary } = permission_sets[name]
        return [code(name), patterns.map(code).join(', '), summary]
      }),
    ),
    '## In a business',
    table(
      ['role', 'grants', ''],
      role_names.map((name) => [name, roles[name].map(code).join(', '), role_summaries[name]]),
    ),
    table(['permission', ...role_names, 'operations'], rowsOf(false, role_names)),
    '## Of the operator',
    table(
      ['role', 'grants'],
      staff_role_names.map((name) => [name, staff_roles[name].map(code).join(', ')]),
    ),
    table(['permission', ...staff_role_names, 'operations'], rowsOf(true, staff_role_names)),
  )
}
