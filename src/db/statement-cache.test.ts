import { expect, test } from 'bun:test'
import { openConnection } from './driver.ts'
import { StatementCache, withoutPeeking } from './statement-cache.ts'

test('values are hidden from the planner; text and comments stay as they are', () => {
  expect(withoutPeeking(`SELECT '?' FROM t -- why?\n WHERE a = ? LIMIT ?`)).toBe(
    `SELECT '?' FROM t -- why?\n WHERE a = +? LIMIT +?`,
  )
})

test('a hidden value keeps its type, and an index is used as before', () => {
  const connection = openConnection(':memory:')
  connection.exec('CREATE TABLE t (a TEXT NOT NULL, b ANY) STRICT; CREATE INDEX t_by_a ON t (a)')
  const cache = new StatementCache(connection)
  cache.prepare('INSERT INTO t VALUES (?, ?)').run('01', '7')
  const sql = 'SELECT b, typeof(?) AS type FROM t WHERE a = ? LIMIT ?'
  expect(cache.prepare(sql).get(1.5, '01', 1)).toEqual({ b: '7', type: 'real' })
  const plan = cache.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(1, '01', 1)
  expect(JSON.stringify(plan)).toContain('USING INDEX t_by_a (a=?)')
  connection.close()
})
