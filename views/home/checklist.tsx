/** What a new business does first, in order; what is done is ticked off by the shop itself. */
import type { Html } from '../../src/kit/html.ts'
import type { SetUp, SetUpStep } from '../../src/home/set-up/schema.ts'
import { ActionButton, LinkButton, type FormState } from '../ui/form.tsx'
import { Icon } from '../ui/icon.tsx'
import { Card } from '../ui/layout.tsx'

interface Props {
  set_up: SetUp
  /** With it, steps can be put aside here. */
  state?: FormState
}

/** The first page leads to the whole set-up; there, steps can be put aside. */
export const Checklist = ({ set_up, state }: Props): Html => {
  const { done, total } = set_up.progress
  const open = set_up.steps.filter((step) => step.available && !step.done && !step.skipped)
  const shown = set_up.steps.filter((step) => state || (step.available && !step.skipped))
  return (
    <Card
      title="From nothing to the first parcel"
      actions={
        <>
          <span>
            {done} of {total} done
          </span>
          {!state && <LinkButton href="/set-up">Guided set-up</LinkButton>}
        </>
      }
    >
      <progress class="progress" max={total} value={done} aria-label="Steps done" />
      <ol class="checklist">
        {shown.map((step) => (
          <Step step={step} is_next={open[0]?.id === step.id} {...(state && { state })} />
        ))}
      </ol>
    </Card>
  )
}

interface StepProps {
  step: SetUpStep
  is_next: boolean
  state?: FormState
}

const Step = ({ step, is_next, state }: StepProps): Html => (
  <li class={step.done ? 'done' : step.skipped || !step.available ? 'aside' : undefined}>
    <span class="tick">{step.done && <Icon name="check" />}</span>
    <div>
      <h3>
        {step.title}
        {step.done && <span class="visually-hidden"> (done)</span>}
        {step.skipped && !step.done && <span class="optional"> (put aside)</span>}
        {!step.available && <span class="optional"> (not available)</span>}
      </h3>
      <p class="small muted">{step.why}</p>
    </div>
    {!step.done && step.available && (
      <div class="actions">
        {!step.skipped && (
          <LinkButton href={step.href} {...(is_next && { kind: 'primary' })}>
            {step.action}
          </LinkButton>
        )}
        {state && !step.required && <PutAside step={step} state={state} />}
      </div>
    )}
  </li>
)

const PutAside = ({ step, state }: { step: SetUpStep; state: FormState }): Html => (
  <ActionButton
    action={`/set-up/${step.id}/${step.skipped ? 'unskip' : 'skip'}`}
    state={state}
    kind="quiet"
  >
    {step.skipped ? 'Take it up' : 'Put aside'}
  </ActionButton>
)
