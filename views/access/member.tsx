/** One person: the role, where he is signed in, and how the membership ends. */
import type { Html } from '../../src/kit/html.ts'
import type { OpenSession } from '../../src/access/own-sessions/schema.ts'
import type { Member } from '../../src/access/schema.ts'
import {
  ActionButton,
  Button,
  Field,
  Form,
  LinkButton,
  Wrong,
  type FormState,
} from '../ui/form.tsx'
import { Card, Facts, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Id, When } from '../ui/text.tsx'
import { roleChoices, type RoleChoice, type TeamFrame } from './members.tsx'
import { SessionTable } from './sessions.tsx'

export interface MemberProps {
  frame: TeamFrame
  state: FormState
  member: Member
  roles: readonly RoleChoice[]
  may_write: boolean
  /** May have this person forgotten. */
  may_erase: boolean
  /** A member who lost the way in gets a new link here; staff get theirs on the terminal. */
  renews_links: boolean
  /** Undefined for those who may not see them. */
  sessions: readonly OpenSession[] | undefined
}

export const memberView = (props: MemberProps): Html => {
  const { frame, state, member, sessions } = props
  const path = `${frame.path}/${member.id}`
  return (
    <>
      <PageHead title={member.name} sub={member.email} crumbs={[[frame.title, frame.path]]}>
        {props.may_erase && (
          <LinkButton kind="quiet" href={`${path}/erase`}>
            Forget this person
          </LinkButton>
        )}
      </PageHead>
      <Wrong state={state} shown={['role']} />
      <div class="columns">
        <Card title="What is known">
          <Facts
            of={[
              ['Role', member.role_name],
              [
                'Last seen',
                member.has_password ? (
                  <When at={member.last_seen_at} />
                ) : (
                  <Status of="pending" label="Has not come in yet" />
                ),
              ],
              ['Second factor', member.has_second_factor ? <Status of="on" /> : 'None'],
              ['Since', <When at={member.created_at} date_only />],
              ['Id', <Id value={member.id} />],
            ]}
          />
        </Card>
        {props.may_write && <Change {...props} path={path} />}
      </div>
      {sessions && (
        <Card
          title="Signed in"
          flush
          actions={
            sessions.length > 0 && (
              <ActionButton action={`${path}/end_sessions`} state={state} kind="danger">
                Sign out everywhere
              </ActionButton>
            )
          }
        >
          <SessionTable sessions={sessions} />
        </Card>
      )}
    </>
  )
}

const Change = ({
  path,
  state,
  member,
  roles,
  renews_links,
}: MemberProps & { path: string }): Html => (
  <Card title="Change">
    <div class="stack">
      <Form action={`${path}/role`} state={state}>
        <Field
          name="role"
          label="Role"
          state={state}
          choices={roleChoices(roles)}
          value={member.role}
          hint="Counts from the next click on."
          required
        />
        <Button>Give this role</Button>
      </Form>
      <div class="actions">
        {renews_links && (
          <ActionButton action={`${path}/setup_link`} state={state} kind="quiet">
            New link to come in
          </ActionButton>
        )}
        <ActionButton action={`${path}/remove`} state={state} kind="danger">
          Remove
        </ActionButton>
      </div>
    </div>
  </Card>
)
