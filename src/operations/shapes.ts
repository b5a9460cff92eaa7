/** Shapes that many operations share. Bodies are closed: an unknown field is refused, not dropped. */
import {
  Kind,
  Type,
  TypeRegistry,
  type Static,
  type TObject,
  type TProperties,
  type TSchema,
} from '@sinclair/typebox'

const suffix = '[0-7][0-9a-hjkmnp-tv-z]{25}'

/** An id of one kind: `Id('itm')`. */
export const Id = (prefix: string, description = '') =>
  Type.String({ pattern: `^${prefix}_${suffix}$`, ...(description && { description }) })

/** `:id` in a path. */
export const IdParam = (prefix: string) => Type.Object({ id: Id(prefix) })

/** A request body or query: closed. */
export const Closed = <T extends TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false })

export const Timestamp = Type.String({ format: 'date-time', description: 'RFC 3339, UTC' })
export const CalendarDate = Type.String({ format: 'date', description: 'YYYY-MM-DD' })
export const Email = Type.String({ format: 'email', maxLength: 254 })
export const Url = Type.String({ format: 'uri', maxLength: 2_048 })
export const Name = Type.String({ minLength: 1, maxLength: 200 })
export const Note = Type.String({ maxLength: 2_000 })
export const CountryCode = Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' })
export const Version = Type.Integer({ minimum: 1, description: 'Also the ETag of the resource' })

/** On the wire a quantity is a decimal string; an integer is accepted. */
export const QuantityInput = Type.Union(
  [
    Type.String({ pattern: '^-?\\d{1,15}(\\.\\d{1,6})?$' }),
    Type.Integer({ minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }),
  ],
  { description: 'A number in the base unit of the item, such as "12" or "2.5"' },
)
export const Quantity = Type.String({ description: 'Decimal, in the base unit of the item' })

export const MoneyShape = Closed({
  amount: Type.Integer({ description: 'Minor units: 1299 is 12.99 USD' }),
  currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' }),
})

/** Free facts of the caller: up to 50 short strings. */
export const Metadata = Type.Record(
  Type.String({ minLength: 1, maxLength: 40 }),
  Type.String({ maxLength: 500 }),
  { maxProperties: 50, description: 'Free text facts of yours' },
)

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

TypeRegistry.Set<{ enum: string[] }>('OneOf', (schema, value) =>
  schema.enum.includes(value as string),
)

/** One word of a list. Published as `enum`, which reads better than a union of constants. */
export const OneOf = <T extends string>(values: readonly T[], description = '') =>
  Type.Unsafe<T>({
    [Kind]: 'OneOf',
    type: 'string',
    enum: [...values],
    ...(description && { description }),
  })

/** `?limit=&cursor=&sort=` and the filters of one list. */
export const ListQuery = <T extends TProperties>(filters: T, sortable: readonly string[]) =>
  Closed({
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 25 })),
    cursor: Type.Optional(Type.String({ maxLength: 1_000 })),
    sort: Type.Optional(OneOf(sortable.flatMap((name) => [name, `-${name}`]))),
    ...filters,
  })

/** `expand[]=supplier`: related records put into the reply. */
export const Expandable = <T extends string>(names: readonly T[]) => ({
  expand: Type.Optional(Type.Array(OneOf(names), { maxItems: 10, uniqueItems: true })),
})

/** A page of a list. */
export const PageOf = <T extends TObject>(item: T) =>
  Type.Object({
    data: Type.Array(item),
    has_more: Type.Boolean(),
    next_cursor: Nullable(Type.String()),
  })

/** The reply of an operation that answers with a file: where it lies, and what to call it. */
export const FileReply = Type.Object({
  object_key: Type.String(),
  content_type: Type.String(),
  /** What a browser saves it as. */
  name: Type.String(),
})
export type FileReply = Static<typeof FileReply>

/** The reply of an operation that makes a file while it is sent: it lies nowhere. */
export const MadeReply = Type.Object({
  content_type: Type.String(),
  /** What a browser saves it as. */
  name: Type.String(),
})
export type MadeFile = Static<typeof MadeReply> & {
  /** Its text, piece by piece; it stops when the reader goes. */
  pieces: AsyncIterable<string>
}
