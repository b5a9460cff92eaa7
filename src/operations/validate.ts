/** Checks input against its schema and says, per field, what is wrong in words. */
import { FormatRegistry, type TObject, type TSchema } from '@sinclair/typebox'
import { TypeCompiler, ValueErrorType, type TypeCheck } from '@sinclair/typebox/compiler'
import type { ValueError } from '@sinclair/typebox/errors'
import { Value } from '@sinclair/typebox/value'
import { Problem, type FieldError } from '../kit/problem.ts'

const date = /^\d{4}-\d{2}-\d{2}$/
const date_time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/
const parses = (text: string) => !Number.isNaN(Date.parse(text))

FormatRegistry.Set('date', (text) => date.test(text) && parses(text))
FormatRegistry.Set('date-time', (text) => date_time.test(text) && parses(text))
FormatRegistry.Set('email', (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text))
FormatRegistry.Set('uri', (text) => URL.canParse(text))

const compiled = new WeakMap<TSchema, TypeCheck<TSchema>>()

function compile(schema: TSchema): TypeCheck<TSchema> {
  let check = compiled.get(schema)
  if (!check) compiled.set(schema, (check = TypeCompiler.Compile(schema)))
  return check
}

/** True when `value` has the shape; compiled once per schema. */
export const matches = (schema: TSchema, value: unknown): boolean => compile(schema).Check(value)

/** At most this many field errors are listed: more help nobody. */
const most_errors = 20

/** Every field that is wrong, once each, with `prefix` before its pointer. */
export function fieldErrors(schema: TSchema, value: unknown, prefix = ''): FieldError[] {
  const found = new Map<string, string>()
  for (const error of compile(schema).Errors(value)) {
    for (const each of withinNullable(error)) {
      if (!found.has(each.path)) found.set(each.path, describe(each))
    }
    if (found.size >= most_errors) break
  }
  return [...found].map(([path, detail]) => ({ pointer: prefix + path, detail }))
}

/** What may be null and is something: what is wrong inside it says more than that it is wrong. */
function withinNullable(error: ValueError): ValueError[] {
  const branches = error.schema.anyOf as TSchema[] | undefined
  if (error.type !== ValueErrorType.Union || branches?.at(-1)?.type !== 'null') return [error]
  const [something] = error.errors
  const inside = error.value === null || !something ? [] : [...something]
  return inside.length > 0 ? inside.flatMap(withinNullable) : [error]
}

/** @throws Problem `invalid` naming every wrong field */
export function requireShape(schema: TSchema, value: unknown, prefix = ''): void {
  if (matches(schema, value)) return
  const errors = fieldErrors(schema, value, prefix)
  const first = errors[0]
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  throw new Problem('invalid', `${first?.pointer || '/'}: ${first?.detail}${more}`, { errors })
}

/** Text from a query string or a form becomes the numbers and booleans its schema asks for. */
export const convert = <T extends TObject>(schema: T, value: unknown): unknown =>
  Value.Convert(schema, value)

function describe({ type, schema, message, value }: ValueError): string {
  switch (type) {
    case ValueErrorType.ObjectAdditionalProperties:
      return 'This field is not known here.'
    case ValueErrorType.ObjectRequiredProperty:
      return 'This field is required.'
    case ValueErrorType.StringPattern:
      return (schema.description as string | undefined) ?? `Must look like ${schema.pattern}.`
    case ValueErrorType.StringFormat:
      return `Must be a ${schema.format}.`
    case ValueErrorType.ArrayMaxItems: {
      const why = schema.description as string | undefined
      return `At most ${schema.maxItems} here${why ? `. ${why}` : ''}.`
    }
    case ValueErrorType.Union:
      return `${(schema.description as string | undefined) ?? 'None of the accepted shapes'}.`
    case ValueErrorType.Kind:
    case ValueErrorType.Literal: {
      const choices = schema.enum as string[] | undefined
      return choices ? `Must be one of: ${choices.join(', ')}.` : message
    }
    default:
      return value === undefined ? 'This field is required.' : `${message}.`
  }
}
