/** Before something dangerous: is it really you? What was typed before is carried along. */
import type { Html } from '../../src/kit/html.ts'
import { Button, Field, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card } from '../ui/layout.tsx'

export interface ConfirmProps {
  name: string
  action: string
  /** A code is possible beside the password. */
  takes_code: boolean
  proof_field: string
  /** The fields of the form that was interrupted. */
  carried: readonly (readonly [name: string, value: string])[]
  /** Where to go without doing it. */
  back: string
  state: FormState
}

export function confirmView(props: ConfirmProps): Html {
  const { name, action, takes_code, proof_field, carried, back, state } = props
  const asked = state.problem?.code === 'step_up_required'
  const fresh: FormState = { ...state, fields: new URLSearchParams() }
  const names = new Set(carried.map(([carried_name]) => carried_name))
  return (
    <Card>
      <div class="stack">
        <h1>Is it really you, {name}?</h1>
        <p>
          What you are about to do cannot easily be taken back. Confirm it with your password
          {takes_code ? ' or a code' : ''}; then you are not asked again for a quarter of an hour.
        </p>
        {!asked && <Wrong state={state} shown={[proof_field]} />}
        <form method="post" action={action} class="stack">
          {carried.map(([carried_name, value]) => (
            <input type="hidden" name={carried_name} value={value} />
          ))}
          {!names.has('csrf_token') && (
            <input type="hidden" name="csrf_token" value={state.csrf_token} />
          )}
          <Field
            name={proof_field}
            label={takes_code ? 'Password or code' : 'Password'}
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
      </div>
    </Card>
  )
}
