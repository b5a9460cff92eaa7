import { expect, test } from 'bun:test'
import { problems, type ProblemCode } from './problems.ts'
import { Problem } from './problem.ts'

test('whatever helps the caller, the members of RFC 9457 keep their meaning', () => {
  const sneaky = { status: 'cancelled', code: 'x', type: 'x', title: 'x', detail: 'x', line: 2 }
  const facts: Record<string, never> = JSON.parse(JSON.stringify(sneaky)) as Record<string, never>
  const plain = new Problem('order_closed', 'PO-1 is cancelled.', facts).toJSON()
  expect(plain).toEqual({
    ...{ type: '/problems/order_closed', title: 'Order closed', status: 409 },
    ...{ code: 'order_closed', detail: 'PO-1 is cancelled.', line: 2 },
  })
})

test('every problem is an error, with a title and what to do, each a whole sentence', () => {
  for (const [code, { status, title, remedy }] of Object.entries(problems)) {
    expect([code, status >= 400 && status < 600]).toEqual([code, true])
    expect([code, title]).toEqual([code, expect.stringMatching(/^[A-Z][^.]*$/)])
    expect([code, remedy]).toEqual([code, expect.stringMatching(/^[A-Z`][^]*[.]$/)])
    expect(code as ProblemCode).toMatch(/^[a-z][a-z_]*$/)
  }
})
