/** Where somebody is signed in: device, address, since when and until when. */
import type { Child, Html } from '../../src/kit/html.ts'
import type { OpenSession } from '../../src/access/own-sessions/schema.ts'
import { Empty } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { Text, When } from '../ui/text.tsx'

const ways: Record<string, string> = {
  password: 'Password',
  'password+totp': 'Password and code',
  setup_link: 'Set-up link',
  'setup_link+totp': 'Set-up link and code',
  invitation: 'Invitation',
  impersonation: 'Support, in your place',
}

export const SessionTable = ({
  sessions,
  step,
}: {
  sessions: readonly OpenSession[]
  /** What can be done with one of them. */
  step?: (session: OpenSession) => Child
}): Html => (
  <Table
    rows={sessions}
    empty={
      <Empty icon="user" title="Signed in nowhere">
        Each browser somebody signs in with appears here.
      </Empty>
    }
    columns={[
      {
        title: 'Device',
        cell: (session) => (
          <div>
            <strong>{session.device}</strong>{' '}
            {session.is_current && <Status of="on" label="This one" />}
            <div class="small muted">{ways[session.method] ?? session.method}</div>
          </div>
        ),
      },
      { title: 'Address', cell: ({ ip }) => <Text value={ip} /> },
      { title: 'Signed in', cell: ({ created_at }) => <When at={created_at} /> },
      {
        title: 'Last seen',
        cell: ({ last_seen_at, created_at }) => <When at={last_seen_at ?? created_at} />,
      },
      ...(step ? [{ title: '', end: true, cell: step }] : []),
    ]}
  />
)
