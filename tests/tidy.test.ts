/** The rules of the house, held by the gate: floors, private stores, where SQL may be, sizes, names. */
import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import ts from 'typescript'

/** From the ground up. A room imports lower floors; on its own floor it looks left only. */
const floors: string[][] = [
  ['kit'],
  ['db'],
  ['operations', 'events', 'objects', 'replication', 'jobs', 'schedule', 'mail'],
  ['ledger', 'carriers', 'metering', 'plans', 'access', 'audit'],
  [
    'catalog',
    'locations',
    'parties',
    'organizations',
    'domains',
    'tenants',
    'archives',
    'branches',
    'lifecycle',
  ],
  ['stock', 'purchasing', 'orders', 'shipping', 'returns'],
  ['graphql', 'realtime', 'mcp', 'webhooks', 'search', 'reports', 'analytics', 'home'],
]

const most_lines = 400
const most_function_lines = 70

const root = join(import.meta.dir, '..')
const files = [...new Bun.Glob('{src,views,tests,bench}/**/*.{ts,tsx}').scanSync(root)].sort()
const product = files.filter((path) => !path.includes('.test.') && !path.includes('/testing/'))
const source = new Map(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]))

interface Import {
  from: string
  to: string
  types_only: boolean
}

function importsOf(path: string): Import[] {
  const found: Import[] = []
  const pattern = /^(?:import|export)\s+(type\s)?[^'"]*?from\s+['"](\.[^'"]+)['"]/gm
  for (const [, types, target] of source.get(path)!.matchAll(pattern)) {
    const to = normalize(join(dirname(path), target!))
    found.push({ from: path, to, types_only: Boolean(types) })
  }
  return found
}

/** `src/purchasing/receive.ts` → `purchasing`; the door's own files belong to no room. */
const roomOf = (path: string): string | undefined => /^src\/([\w-]+)\//.exec(path)?.[1]

const positionOf = (room: string): [floor: number, place: number] => {
  const floor = floors.findIndex((rooms) => rooms.includes(room))
  return [floor, floors[floor]?.indexOf(room) ?? -1]
}

/** The door (floor 7) may import everything. */
const isDoor = (path: string) => roomOf(path) === undefined || roomOf(path) === 'commands'

function leavesItsFloor({ from, to, types_only }: Import): boolean {
  const [here, there] = [roomOf(from), roomOf(to)]
  if (isDoor(from) || here === there || !here) return false
  if (!there) return !to.startsWith('views/')
  const [floor, place] = positionOf(here)
  const [other_floor, other_place] = positionOf(there)
  if (other_floor === floor) return !types_only && other_place > place
  return other_floor > floor
}

/** The files that name what a room offers. */
const isTable = (path: string) => path === 'src/app.ts' || path.endsWith('/room.ts')

const imports = product.flatMap(importsOf)
const sources = product.filter((path) => path.startsWith('src/'))

describe('floors', () => {
  test('every room stands on a floor', () => {
    const rooms = new Set(sources.map(roomOf).filter((room) => room && room !== 'commands'))
    expect([...rooms].filter((room) => positionOf(room!)[0] === -1)).toEqual([])
  })

  test('a room imports lower floors, and looks left on its own', () => {
    const wrong = imports.filter((each) => each.from.startsWith('src/')).filter(leavesItsFloor)
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([])
  })

  test('views see only the kit and types', () => {
    const wrong = imports.filter(
      ({ from, to, types_only }) =>
        from.startsWith('views/') &&
        !types_only &&
        !to.startsWith('views/') &&
        !to.startsWith('src/kit/'),
    )
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([])
  })

  test('store and pages are private to their room; its api is for the pages of others', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        roomOf(from) !== roomOf(to) &&
        !isTable(from) &&
        (/\/(store|pages)\.ts$/.test(to) || (to.endsWith('/api.ts') && !from.endsWith('pages.ts'))),
    )
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([])
  })
})

describe('one place for each thing', () => {
  test('SQL is in stores', () => {
    const sql = /\b(SELECT\s+[\w*(.]|INSERT INTO\s|UPDATE\s+\w+\s+SET\s|DELETE FROM\s)/
    const wrong = sources.filter(
      (path) =>
        !/store[\w-]*\.ts$/.test(path) && roomOf(path) !== 'db' && sql.test(source.get(path)!),
    )
    expect(wrong).toEqual([])
  })

  test('only db imports the SQLite driver', () => {
    const wrong = sources.filter(
      (path) =>
        roomOf(path) !== 'db' && /^import (?!type).*'better-sqlite3'/m.test(source.get(path)!),
    )
    expect(wrong).toEqual([])
  })

  test('only the rooms that talk to the outside fetch', () => {
    const outward = [
      'src/carriers/http.ts',
      'src/objects/s3-shelf.ts',
      'src/webhooks/',
      'src/replication/',
      'src/commands/',
    ]
    const wrong = sources.filter(
      (path) =>
        /(?<![.\w])fetch\(/.test(source.get(path)!) &&
        !outward.some((allowed) => path.startsWith(allowed)),
    )
    expect(wrong).toEqual([])
  })

  test('time and chance come from the clock and the id source', () => {
    const allowed = ['src/kit/clock.ts', 'src/kit/id.ts', 'src/commands/']
    const wrong = sources.filter(
      (path) =>
        /\b(Date\.now\(\)|Math\.random\(\)|new Date\(\))/.test(source.get(path)!) &&
        !allowed.some((place) => path.startsWith(place)),
    )
    expect(wrong).toEqual([])
  })

  test('migrations are in one folder per kind, numbered without a gap or a repeat', () => {
    const all = [...new Bun.Glob('**/*.sql').scanSync({ cwd: root })].filter(
      (path) => !path.startsWith('node_modules/') && !path.startsWith('data/'),
    )
    expect(
      all.filter((path) => !/^migrations\/(platform|tenant)\/\d{4}_\w+\.sql$/.test(path)),
    ).toEqual([])
    for (const kind of ['platform', 'tenant']) {
      const numbers = all
        .filter((path) => path.includes(`/${kind}/`))
        .map((path) => Number(basename(path).slice(0, 4)))
        .sort((a, b) => a - b)
      expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    }
  })
})

describe('size and names', () => {
  test(`a file has at most ${most_lines} lines`, () => {
    const long = files.filter((path) => source.get(path)!.split('\n').length - 1 > most_lines)
    expect(long).toEqual([])
  })

  test(`a function has at most ${most_function_lines} lines`, () => {
    expect(product.flatMap(longFunctions)).toEqual([])
  })

  test('files are in kebab-case', () => {
    const wrong = files.filter(
      (path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(basename(path)),
    )
    expect(wrong).toEqual([])
  })

  test('a file begins by saying in one sentence what it is for', () => {
    const wrong = sources.filter((path) => !source.get(path)!.startsWith('/**'))
    expect(wrong).toEqual([])
  })

  test('nothing escapes the type checker or the tests', () => {
    const escape =
      /(\bas any\b|:\s*any\b|<any>|@ts-ignore|@ts-nocheck|\b(test|it|describe)\.(only|todo)\()/
    const swallowed = /catch\s*(\([^)]*\))?\s*\{\s*\}/
    const wrong = files.filter(
      (path) =>
        path !== 'tests/tidy.test.ts' &&
        (escape.test(source.get(path)!) || swallowed.test(source.get(path)!)),
    )
    expect(wrong).toEqual([])
  })
})

function longFunctions(path: string): string[] {
  const parsed = ts.createSourceFile(path, source.get(path)!, ts.ScriptTarget.Latest, true)
  const long: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const { line: first } = parsed.getLineAndCharacterOfPosition(node.getStart())
      const { line: last } = parsed.getLineAndCharacterOfPosition(node.getEnd())
      const lines = last - first + 1
      if (lines > most_function_lines) long.push(`${path}:${first + 1} has ${lines} lines`)
    }
    ts.forEachChild(node, visit)
  }
  visit(parsed)
  return long
}
