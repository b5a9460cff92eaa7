import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { operations } from '../app.ts'

const guide = (name: string) =>
  readFileSync(join(import.meta.dir, '../../docs/guides', name), 'utf8')

/** `POST /v1/branches` as it stands in a guide, with an id where the route has a name. */
const named = (text: string) =>
  [...text.matchAll(/(GET|POST|DELETE)\s+(\/v1\/[\w/…]+)/g)].map(
    ([, method, path]) => `${method} ${path!.replace(/\/(job|ten)_…/g, '/:')}`,
  )

test('every route that the guides name is there', () => {
  const routes = operations.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`)
  const all = ['archive-format.md', 'sandboxes-and-branches.md'].flatMap((name) =>
    named(guide(name)),
  )
  expect(all.length).toBeGreaterThan(5)
  expect(all.filter((route) => !routes.includes(route))).toEqual([])
})
