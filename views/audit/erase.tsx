/** Before a person is forgotten: what goes, what stays, and that there is no way back. */
import type { Html } from '../../src/kit/html.ts'
import { Button, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Notice, PageHead } from '../ui/layout.tsx'

interface EraseProps {
  /** Where the people are listed. */
  path: string
  title: string
  person: { id: string; name: string; email: string }
  state: FormState
}

export const eraseView = ({ path, title, person, state }: EraseProps): Html => (
  <>
    <PageHead
      title="Forget this person"
      sub={`${person.name}, ${person.email}`}
      crumbs={[
        [title, path],
        [person.name, `${path}/${person.id}`],
      ]}
    />
    <Wrong state={state} />
    <Notice tone="warn">This cannot be taken back by anybody.</Notice>
    <Card title="What goes">
      <ul>
        <li>The account: password, sessions, second factor, memberships and open invitations.</li>
        <li>Name and address: a pseudonym takes their place, in what was told to others, too.</li>
        <li>The text of mails to this address.</li>
        <li>
          The details of entries in the audit trail that were made by this person or are about him
          or her.
        </li>
      </ul>
    </Card>
    <Card title="What stays">
      <ul>
        <li>Orders, items, documents and everything else this person worked on.</li>
        <li>The audit trail as a chain: each entry stays in its place, and stays proven.</li>
        <li>The name on postings in the ledger: the books have to be kept as they are.</li>
      </ul>
    </Card>
    <Form action={`${path}/${person.id}/erase`} state={state} inline>
      <Button kind="danger">Forget {person.name}</Button>
      <LinkButton kind="quiet" href={`${path}/${person.id}`}>
        Leave it
      </LinkButton>
    </Form>
  </>
)
