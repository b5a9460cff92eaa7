/** The page behind a problem's `type`: what the code means, and what to do. Anybody may read it. */
import { notFound } from '../kit/problem.ts'
import { problems, type ProblemCode } from '../kit/problems.ts'
import { problemView } from '../../views/layout/problem.tsx'
import { codesOf } from './openapi.ts'
import type { Operation } from './operation.ts'
import type { Entrance, RoomPages } from './page.ts'
import { reference_path } from './reference.ts'

/** More than these say that the door answers so, whatever is asked. */
const most_named = 12

const isCode = (text: string): text is ProblemCode => Object.hasOwn(problems, text)

/** @returns one page for each code of the catalogue, at `/problems/:code` */
export function problemPages(operations: readonly Operation[]): RoomPages {
  const entrance: Entrance = {
    path: '/problems/:code',
    title: 'What a problem means',
    show: ({ params: { code = '' } }) => {
      if (!isCode(code)) throw notFound('problem', code)
      const answering = operations.filter((each) => codesOf(each).includes(code))
      return problemView({
        code,
        operations:
          answering.length <= most_named
            ? answering.map(({ method, path }) => ({ route: `${method} ${path}` }))
            : [],
        reference: reference_path,
      })
    },
  }
  return { pages: [], forms: [], entrances: [entrance] }
}
