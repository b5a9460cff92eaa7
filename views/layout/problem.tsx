/** What a problem's code means, for the developer who followed its `type`. */
import type { Child, Html } from '../../src/kit/html.ts'
import { problems, type ProblemCode } from '../../src/kit/problems.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Facts } from '../ui/layout.tsx'

/** What the status alone says, in words. */
const meanings: Record<number, string> = {
  400: 'The request cannot be read, or a part without which it is not safe is missing.',
  401: 'Nobody knows who asks.',
  403: 'It is known who asks, and this is not permitted to them.',
  404: 'There is nothing here that whoever asks can see.',
  405: 'The address is right, the method is not.',
  409: 'The request is in order, but does not fit what is there now. Nothing was changed.',
  410: 'It was here, and is spent.',
  412: 'Somebody else changed it after it was read. Nothing was changed.',
  413: 'The request is larger than what is read at once.',
  415: 'The body is of a kind that is not read here.',
  422: 'The request can be read, but a value in it is wrong. Nothing was changed.',
  428: 'A change of this has to say which version it was decided on.',
  429: 'Too much was asked in too short a time.',
  500: 'We made a mistake. What happened is in the log, under the incident id of the answer.',
  503: 'It cannot be done at this moment, and nothing was changed.',
}

interface ProblemViewProps {
  code: ProblemCode
  /** Those that answer so; none where many do. */
  operations: readonly { route: string }[]
  /** Where the reference of the API is. */
  reference: string
}

/** What stands between backticks in the catalogue is code. */
const withCode = (words: string): Child =>
  words.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))

export const problemView = ({ code, operations, reference }: ProblemViewProps): Html => {
  const { status, title, remedy } = problems[code]
  return (
    <Card title={title}>
      <div class="stack">
        <p>{meanings[status]}</p>
        <p>
          <strong>What to do:</strong> {withCode(remedy)}
        </p>
        <Facts
          of={[
            ['Code', <code>{code}</code>],
            ['Status', String(status)],
            ...(operations.length > 0
              ? [
                  [
                    'Answered by',
                    operations.map(({ route }) => (
                      <div>
                        <code>{route}</code>
                      </div>
                    )),
                  ] as const,
                ]
              : []),
          ]}
        />
        <div class="actions">
          <LinkButton href={reference} icon="list">
            API reference
          </LinkButton>
        </div>
      </div>
    </Card>
  )
}

/** True when the page has words for this status. */
export const hasMeaning = (status: number): boolean => status in meanings
