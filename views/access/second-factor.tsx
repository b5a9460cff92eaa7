/** A person's second factor: set it up with a telephone, keep recovery codes, remove it. */
import type { Html } from '../../src/kit/html.ts'
import type { SecondFactor } from '../../src/access/second-factor/schema.ts'
import { ActionButton, Button, Field, Form, LinkButton, Wrong } from '../ui/form.tsx'
import type { FormState } from '../ui/form.tsx'
import { Card, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { When } from '../ui/text.tsx'

interface SecondFactorProps {
  factor: SecondFactor
  /** The page of the account. */
  account_path: string
  path: string
  state: FormState
}

export const secondFactorView = ({
  factor,
  account_path,
  path,
  state,
}: SecondFactorProps): Html => (
  <>
    <PageHead
      title="Second factor"
      sub="A code that changes every half minute, beside your password."
      crumbs={[['Your account', account_path]]}
    />
    <Wrong state={state} shown={['code']} />
    {factor.is_on ? (
      <Present factor={factor} path={path} state={state} />
    ) : (
      <Absent factor={factor} path={path} state={state} />
    )}
  </>
)

type Part = Pick<SecondFactorProps, 'factor' | 'path' | 'state'>

const Absent = ({ factor, path, state }: Part): Html => (
  <Card title="Set it up">
    <div class="stack">
      {factor.is_required && (
        <Notice tone="warn">
          Everybody here needs one
          {factor.deadline && (
            <>
              {' '}
              from <When at={factor.deadline} /> on
            </>
          )}
          .
        </Notice>
      )}
      <p>
        You need an app on your telephone that makes such codes; many password managers do too. It
        takes a minute: you read a picture with it, and type the first code.
      </p>
      <ActionButton action={path} state={state} kind="primary" icon="proof">
        Begin
      </ActionButton>
    </div>
  </Card>
)

const Present = ({ factor, path, state }: Part): Html => (
  <div class="columns">
    <Card title="It is on">
      <div class="stack">
        <Facts
          of={[
            ['Since', <When at={factor.confirmed_at} />],
            ['Recovery codes left', String(factor.recovery_codes_left)],
          ]}
        />
        {factor.recovery_codes_left < 3 && (
          <Notice tone="warn">Few recovery codes are left: make new ones.</Notice>
        )}
        <ActionButton action={`${path}/codes`} state={state} icon="key">
          Make new recovery codes
        </ActionButton>
        <p class="small muted">Those from before are worth nothing any more then.</p>
      </div>
    </Card>
    <Card title="Remove it">
      <div class="stack">
        <p>
          Your password alone lets you in then.
          {factor.is_required && ' Everybody here needs one: you are asked for a new one at once.'}
        </p>
        <ActionButton action={`${path}/remove`} state={state} kind="danger">
          Remove the second factor
        </ActionButton>
      </div>
    </Card>
  </div>
)

/** The picture, the secret as text, and the place for the first code. */
export const enrolView = ({
  secret,
  qr,
  path,
  account_path,
  state,
}: {
  secret: string
  qr: { size: number; path: string }
  path: string
  account_path: string
  state: FormState
}): Html => (
  <>
    <PageHead title="Second factor" crumbs={[['Your account', account_path]]} />
    <Wrong state={state} shown={['code']} />
    <Card title="Read this with your telephone">
      <div class="enrol">
        <svg class="qr" viewBox={`-4 -4 ${qr.size + 8} ${qr.size + 8}`} role="img">
          <title>The picture for your telephone; the same as text stands beside it</title>
          <rect x="-4" y="-4" width={qr.size + 8} height={qr.size + 8} />
          <path d={qr.path} />
        </svg>
        <div class="stack">
          <p>
            Or type this into the app: <br />
            <code class="mono secret">{(secret.match(/.{1,4}/g) ?? []).join(' ')}</code>
          </p>
          <Form action={`${path}/confirm`} state={state}>
            <input type="hidden" name="secret" value={secret} />
            <Field
              name="code"
              label="The code it shows now"
              state={{ ...state, fields: new URLSearchParams() }}
              inputmode="numeric"
              autocomplete="one-time-code"
              required
              autofocus
            />
            <div class="actions">
              <Button kind="primary">Turn it on</Button>
              <LinkButton href={account_path}>Not now</LinkButton>
            </div>
          </Form>
        </div>
      </div>
    </Card>
  </>
)

/** Shown this once: the codes for the day the telephone is lost. */
export const recoveryCodesView = ({
  codes,
  back,
  is_new,
}: {
  codes: readonly string[]
  back: string
  /** The second factor was turned on just now. */
  is_new: boolean
}): Html => (
  <>
    <PageHead title="Recovery codes" />
    <Notice tone="good">
      {is_new ? 'The second factor is on.' : 'The codes from before are worth nothing any more.'}
    </Notice>
    <Card title="Keep these where your telephone is not">
      <div class="stack">
        <p>
          Each of them lets you in once when the telephone is lost. They are shown now and never
          again: print them, or put them into your password manager.
        </p>
        <ul class="codes">
          {codes.map((code) => (
            <li>
              <code class="mono">{code}</code>
            </li>
          ))}
        </ul>
        <div class="actions">
          <LinkButton href={back} kind="primary">
            I have kept them
          </LinkButton>
          <button type="button" class="button" data-print>
            Print
          </button>
        </div>
      </div>
    </Card>
  </>
)
