/** Secrets that are shown once: a new token, a link for a new member. */
import type { Html } from '../../src/kit/html.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Notice, PageHead } from '../ui/layout.tsx'
import { Code } from '../ui/text.tsx'

export const tokenShownView = ({
  token,
  name,
  back,
}: {
  token: string
  name: string
  back: string
}): Html => (
  <>
    <PageHead title={name} crumbs={[['Tokens', back]]} />
    <Notice tone="warn">
      This is the only time the token is shown. We keep its hash and cannot show it again.
    </Notice>
    <Card title="The token">
      <div class="stack">
        <Code>{token}</Code>
        <p class="small muted">
          Send it as <code>Authorization: Bearer …</code>. Keep it where you keep passwords.
        </p>
        <div>
          <LinkButton href={back} kind="primary">
            I have kept it
          </LinkButton>
        </div>
      </div>
    </Card>
  </>
)

export const setupLinkView = ({
  url,
  title,
  back,
}: {
  /** The whole address, to be sent to the person. */
  url: string
  title: string
  back: readonly [label: string, href: string]
}): Html => (
  <>
    <PageHead title={title} crumbs={[back]} />
    <Notice tone="warn">
      This is the only time the link is shown. It works once, for seven days.
    </Notice>
    <Card title="The link">
      <div class="stack">
        <Code>{url}</Code>
        <p class="small muted">
          Send it to the person it is for, and to nobody else: whoever opens it sets the password.
        </p>
        <div>
          <LinkButton href={back[1]} kind="primary">
            I have sent it
          </LinkButton>
        </div>
      </div>
    </Card>
  </>
)
