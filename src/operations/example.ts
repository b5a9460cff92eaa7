/** Makes an example that fits a schema: plain, the same every time, and checked against it. */
import type { TSchema } from '@sinclair/typebox'
import { assert } from '../kit/problem.ts'
import { matches } from './validate.ts'

/** The suffix of every example id: a well-formed TypeID that nothing has. */
const id_suffix = '01h455vb4pex5vsknk084sn02q'

interface Shape {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: TSchema[]
  allOf?: TSchema[]
  properties?: Record<string, TSchema>
  patternProperties?: Record<string, TSchema>
  required?: string[]
  items?: TSchema
  minItems?: number
  format?: string
  pattern?: string
  minLength?: number
  minimum?: number
  examples?: unknown[]
  default?: unknown
}

export function exampleOf(schema: TSchema): unknown {
  const example = build(schema, '')
  assert(matches(schema, example), `the example of ${JSON.stringify(schema)} fits its schema`)
  return example
}

function build(schema: TSchema, name: string): unknown {
  const shape = schema as Shape
  if (shape.examples?.length) return shape.examples[0]
  if (shape.const !== undefined) return shape.const
  if (shape.enum?.length) return shape.enum[0]
  if (shape.default !== undefined) return shape.default
  if (shape.anyOf) return build(shape.anyOf[0]!, name)
  if (shape.allOf) return Object.assign({}, ...shape.allOf.map((part) => build(part, name)))
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(shape.properties ?? {}).map(([key, inner]) => [key, build(inner, key)]),
      )
    case 'array':
      return shape.items ? [build(shape.items, name)] : []
    case 'integer':
    case 'number':
      return Math.max(shape.minimum ?? 1, 1)
    case 'boolean':
      return true
    case 'null':
      return null
    case 'string':
      return text(shape, name)
    default:
      return {}
  }
}

function text({ pattern, format, minLength = 0 }: Shape, name: string): string {
  const prefix = pattern && /^\^([a-z]+)_(\[|$)/.exec(pattern)?.[1]
  if (prefix) return `${prefix}_${id_suffix}`
  if (format === 'date-time') return '2026-11-21T09:30:00.000Z'
  if (format === 'date') return '2026-11-21'
  if (format === 'email') return 'mara@harbour.test'
  if (format === 'uri') return 'https://harbour.test/'
  const fitting = [known[name] ?? name, ...patterned].find(
    (candidate) => !pattern || new RegExp(pattern).test(candidate),
  )
  return (fitting ?? '').padEnd(minLength, 'x')
}

const known: Record<string, string> = {
  sku: 'MUG-BLUE',
  name: 'Blue mug',
  quantity: '12',
  url: 'https://harbour.test/hooks',
}
/** For the patterns that rooms share: counts, countries, currencies, codes. */
const patterned = [
  'items.read',
  '0f'.repeat(32),
  '0f'.repeat(64),
  '12',
  'US',
  'USD',
  'CA',
  '123456',
  'ABCD1234',
  'main',
  '2026-11-21',
  '94107',
]
