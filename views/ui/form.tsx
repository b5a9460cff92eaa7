/** Forms that work without JavaScript, and come back with what was typed and what was wrong. */
import type { Child, Html } from '../../src/kit/html.ts'
import type { Problem } from '../../src/kit/problem.ts'
import { Icon, type IconName } from './icon.tsx'

/** What a form needs to know of the visit it is shown in. */
export interface FormState {
  csrf_token: string
  /** Set when the form came back. */
  problem: Problem | undefined
  /** What was typed, when the form came back. */
  fields: URLSearchParams
}

interface FormProps {
  action: string
  state: FormState
  /** The version that was read: sent as If-Match. */
  version?: number
  /** Side by side instead of below each other. */
  inline?: boolean
  children?: Child
}

/** Posts to `action` with the CSRF token and a key that makes a second click harmless. */
export const Form = ({ action, state, version, inline, children }: FormProps): Html => (
  <form method="post" action={action} class={inline ? 'actions' : 'stack'}>
    <input type="hidden" name="csrf_token" value={state.csrf_token} />
    <input type="hidden" name="idempotency_key" value={crypto.randomUUID()} />
    {version !== undefined && <input type="hidden" name="version" value={version} />}
    {children}
  </form>
)

interface ButtonProps {
  kind?: 'primary' | 'danger' | 'quiet'
  large?: boolean
  icon?: IconName
  name?: string
  value?: string
  children?: Child
}

const buttonClass = ({ kind, large }: Pick<ButtonProps, 'kind' | 'large'>): string =>
  ['button', kind, large && 'large'].filter(Boolean).join(' ')

/** Submits the form it stands in. */
export const Button = ({ kind, large, icon, name, value, children }: ButtonProps): Html => (
  <button
    type="submit"
    class={buttonClass({ kind, large } as ButtonProps)}
    name={name}
    value={value}
  >
    {icon && <Icon name={icon} />}
    {children}
  </button>
)

export const LinkButton = ({
  href,
  kind,
  large,
  icon,
  children,
}: ButtonProps & { href: string }) => (
  <a class={buttonClass({ kind, large } as ButtonProps)} href={href}>
    {icon && <Icon name={icon} />}
    {children}
  </a>
)

/** A form that is nothing but a button: one step of a document. */
export const ActionButton = ({
  action,
  state,
  version,
  children,
  ...button
}: ButtonProps & { action: string; state: FormState; version?: number }): Html => (
  <Form action={action} state={state} inline {...(version !== undefined && { version })}>
    <Button {...button}>{children}</Button>
  </Form>
)

interface FieldProps {
  /** `lines.0.quantity` stands for `/lines/0/quantity`. */
  name: string
  label: string
  state: FormState
  type?: 'text' | 'email' | 'password' | 'number' | 'date' | 'search' | 'url' | 'tel'
  value?: string | number | null | undefined
  hint?: Child
  required?: boolean
  placeholder?: string
  autocomplete?: string
  inputmode?: 'decimal' | 'numeric' | 'text'
  autofocus?: boolean
  minlength?: number
  /** Large, for a scanner. */
  scan?: boolean
  /** A text area of this many rows. */
  rows?: number
  /** A choice: value and words. */
  choices?: readonly (readonly [value: string, label: string])[]
  /** Suggestions that do not bind. */
  suggestions?: readonly string[]
}

const idOf = (name: string): string => `field-${name.replaceAll('.', '-')}`

/** What is wrong with one field, as the door said it. */
export function errorOf({ problem }: FormState, name: string): string | undefined {
  const pointer = `/${name.replaceAll('.', '/')}`
  const { errors = [] } = problem?.facts ?? {}
  return errors.find((error) => error.pointer === pointer)?.detail
}

export function Field(props: FieldProps): Html {
  const { name, label, state, hint, required, scan } = props
  const id = idOf(name)
  const error = errorOf(state, name)
  return (
    <div class={scan ? 'field scan' : 'field'}>
      <label for={id}>
        {label}
        {!required && <span class="optional"> (optional)</span>}
      </label>
      <Control {...props} />
      {hint && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error && (
        <span class="error" id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  )
}

function Control(props: FieldProps): Html {
  const { name, state, type = 'text', choices, rows, suggestions, hint } = props
  const id = idOf(name)
  const error = errorOf(state, name)
  const typed = state.fields.get(name) ?? props.value ?? ''
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const shared = {
    id,
    name,
    required: props.required,
    'aria-invalid': error ? 'true' : undefined,
    'aria-describedby': described || undefined,
    autofocus: props.autofocus,
  }
  if (choices) return <Choice shared={shared} choices={choices} typed={String(typed)} />
  if (rows) {
    return (
      <textarea {...shared} rows={rows} placeholder={props.placeholder}>
        {typed}
      </textarea>
    )
  }
  return (
    <>
      <input
        {...shared}
        type={type}
        value={type === 'password' ? undefined : typed}
        placeholder={props.placeholder}
        autocomplete={props.autocomplete ?? (props.scan ? 'off' : undefined)}
        inputmode={props.inputmode}
        minlength={props.minlength}
        step={type === 'number' ? 'any' : undefined}
        list={suggestions ? `${id}-list` : undefined}
      />
      {suggestions && (
        <datalist id={`${id}-list`}>
          {suggestions.map((text) => (
            <option value={text} />
          ))}
        </datalist>
      )}
    </>
  )
}

const Choice = ({
  shared,
  choices,
  typed,
}: {
  shared: Record<string, unknown>
  choices: readonly (readonly [string, string])[]
  typed: string
}): Html => (
  <select {...shared}>
    {choices.map(([value, label]) => (
      <option value={value} selected={value === typed}>
        {label}
      </option>
    ))}
  </select>
)

/** A box to tick. An unticked box is absent from the form; boxes of one name differ in their value. */
export const Check = ({
  name,
  label,
  state,
  checked,
  value = 'true',
}: Pick<FieldProps, 'name' | 'label' | 'state'> & {
  checked?: boolean
  value?: string
}): Html => {
  const id = value === 'true' ? idOf(name) : idOf(`${name}.${value}`)
  return (
    <div class="field check">
      <input
        type="checkbox"
        id={id}
        name={name}
        value={value}
        checked={state.problem ? state.fields.getAll(name).includes(value) : checked}
      />
      <label for={id}>{label}</label>
    </div>
  )
}

const by_plan = new Set<Problem['code']>(['limit_reached', 'quota_exceeded', 'over_plan_limits'])

/** Where a business that is held up by its plan goes on; nothing for every other problem. */
export const planLink = ({ code, facts }: Problem): string | undefined =>
  by_plan.has(code) || (code === 'feature_unavailable' && facts.decided_by === 'plan')
    ? '/settings/plan#compare'
    : undefined

/** Above a form that came back: what is wrong, and the fields that no field on the page shows. */
export function Wrong({ state, shown = [] }: { state: FormState; shown?: string[] }): Html {
  const { problem } = state
  if (!problem) return <></>
  const errors = (problem.facts.errors ?? []).filter(
    ({ pointer }) => !shown.includes(pointer.slice(1).replaceAll('/', '.')),
  )
  // Where it is wrong is said beside the field: a pointer into JSON helps nobody who looks at a page.
  const said =
    errors.length > 1
      ? `${errors.length} fields need another look.`
      : problem.detail.replace(/^\/\S*: /, '')
  return (
    <div class="notice bad" role="alert">
      <strong>{problem.title}.</strong> {said}{' '}
      {planLink(problem) && <a href={planLink(problem)}>Compare plans</a>}
      {errors.length > 1 && (
        <ul>
          {errors.map((error) => (
            <li>
              <code>{error.pointer}</code> {error.detail}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
