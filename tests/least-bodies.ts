/** Bodies as small as a schema allows, each with one id in it: what a wrong id alone would change. */
import { Type, type TSchema } from '@sinclair/typebox'
import { exampleOf } from '../src/operations/example.ts'

interface Shape {
  type?: string
  pattern?: string
  properties?: Record<string, TSchema>
  required?: string[]
  items?: TSchema
  anyOf?: TSchema[]
}

/** The names on the way to a field; an array is passed through its first member. */
export type Place = readonly string[]

/** Every field of a body that holds an id. */
export function idPlaces(schema: TSchema): Place[] {
  const { properties, items, anyOf, pattern } = schema as Shape
  if (pattern && /^\^[a-z]+_\[/.test(pattern)) return [[]]
  if (items) return idPlaces(items)
  if (anyOf) return anyOf.flatMap(idPlaces)
  return Object.entries(properties ?? {}).flatMap(([name, inner]) =>
    idPlaces(inner).map((place) => [name, ...place]),
  )
}

/** Required fields, and what leads to this one. */
export function leastWith(schema: TSchema, place: Place | undefined): unknown {
  const { properties, required = [], items, anyOf } = schema as Shape
  if (items) return [leastWith(items, place)]
  if (anyOf) {
    const fitting = anyOf.find((each) => place && idPlaces(each).some((p) => same(p, place)))
    return leastWith(fitting ?? anyOf[0]!, place)
  }
  if (!properties) return exampleOf(schema)
  const wanted = Object.entries(properties).filter(
    ([name]) => required.includes(name) || name === place?.[0],
  )
  return Object.fromEntries(
    wanted.map(([name, inner]) => {
      const deeper = name === place?.[0] ? place.slice(1) : undefined
      const simple = !(inner as Shape).properties && !(inner as Shape).items
      return [
        name,
        simple && !(inner as Shape).anyOf ? named(name, inner) : leastWith(inner, deeper),
      ]
    }),
  )
}

const same = (a: Place, b: Place): boolean => a.join('/') === b.join('/')

/** An example knows what fits a name. */
const named = (name: string, schema: TSchema): unknown =>
  (exampleOf(Type.Object({ [name]: schema })) as Record<string, unknown>)[name]
