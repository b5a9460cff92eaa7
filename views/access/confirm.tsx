/** Before something dangerous: is it really you? What was typed before is carried along. */
import type { Html } from '../../src/kit/html.ts'
import { Button, Field, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card } from '../ui/layout.tsx'

export interface ConfirmProps {
  name: string
  action: string
  /** How the person can prove it. */
  ways: { password: boolean; code: boolean }
  proof_field: string
  /** The fields of the form that was interrupted. */
  carried: readonly (readonly [name: string, value: string])[]
  /** Where to go without doing it. */
  back: string
  state: FormState
}

export function confirmView(props: ConfirmProps): Html {
  const { name, ways, back, state } = props
  const asked = state.problem?.code === 'step_up_required'
  return (
    <Card>
      <div class="stack">
        <h1>Is it really you, {name}?</h1>
        {ways.password || ways.code ? (
          <>
            <p>
              What you are about to do cannot easily be taken back. Confirm it with {wordsOf(ways)};
              then you are not asked again for a quarter of an hour.
            </p>
            {!asked && <Wrong state={state} shown={[props.proof_field]} />}
            <Proof {...props} asked={asked} />
          </>
        ) : (
          <>
            <p>
              You came over from another business and have no password here. Confirm it there, by
              signing in again, and come over once more within a quarter of an hour.
            </p>
            <LinkButton href={back}>Back</LinkButton>
          </>
        )}
      </div>
    </Card>
  )
}

const wordsOf = ({ password, code }: ConfirmProps['ways']): string =>
  password && code ? 'your password or a code' : password ? 'your password' : 'a code'

function Proof(props: ConfirmProps & { asked: boolean }): Html {
  const { action, ways, proof_field, carried, back, state, asked } = props
  const fresh: FormState = { ...state, fields: new URLSearchParams() }
  const has_token = carried.some(([name]) => name === 'csrf_token')
  return (
    <form method="post" action={action} class="stack">
      {carried.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {!has_token && <input type="hidden" name="csrf_token" value={state.csrf_token} />}
      <Field
        name={proof_field}
        label={
          ways.password && ways.code ? 'Password or code' : ways.password ? 'Password' : 'Code'
        }
        type="password"
        autocomplete="current-password"
        state={asked ? { ...fresh, problem: undefined } : fresh}
        required
        autofocus
      />
      <div class="actions">
        <Button kind="primary">It is me: go on</Button>
        <LinkButton href={back}>Do not do it</LinkButton>
      </div>
    </form>
  )
}
