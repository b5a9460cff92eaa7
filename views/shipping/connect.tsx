/** The form of a carrier account, made of what the carrier declares that it asks for. */
import type { Html } from '../../src/kit/html.ts'
import type { Field as Asked } from '../../src/carriers/contract.ts'
import type { CarrierConnection, CarrierDescription } from '../../src/shipping/schema.ts'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, PageHead } from '../ui/layout.tsx'
import { sentence } from '../ui/status.tsx'
import { Text } from '../ui/text.tsx'

interface Props {
  base: '/carriers' | '/platform/carriers'
  carrier: CarrierDescription
  /** The account that is changed; a new one when left out. */
  connection: CarrierConnection | undefined
  modes: readonly string[]
  state: FormState
}

export const ConnectPage = (props: Props): Html => {
  const { base, carrier, connection, state } = props
  const is_own = connection?.kind !== 'system'
  const credentials = carrier.credentials as unknown as Asked[]
  const config = carrier.config as unknown as Asked[]
  return (
    <>
      <PageHead
        title={connection ? `Change ${connection.name}` : `Connect ${carrier.name}`}
        crumbs={[['Carriers', base]]}
      />
      <Wrong state={state} />
      <Form
        action={
          connection ? `${base}/connections/${connection.id}` : `${base}/connect/${carrier.id}`
        }
        state={state}
        {...(connection && { version: connection.version })}
      >
        <input type="hidden" name="carrier_id" value={carrier.id} />
        {connection && <input type="hidden" name="kind" value={connection.kind} />}
        <Card title="Account">
          <Account {...props} />
        </Card>
        {is_own && credentials.length > 0 && (
          <Card title="Credentials">
            <Credentials asked={credentials} connection={connection} state={state} />
          </Card>
        )}
        {is_own && config.length > 0 && (
          <Card title="Settings">
            <div class="stack">
              {config.map((field) => (
                <Setting field={field} value={connection?.config[field.name]} state={state} />
              ))}
            </div>
          </Card>
        )}
        <div class="actions">
          <Button kind="primary">{connection ? 'Save' : 'Connect'}</Button>
          <LinkButton kind="quiet" href={base}>
            Cancel
          </LinkButton>
        </div>
      </Form>
    </>
  )
}

const Account = ({ carrier, connection, modes, state }: Props): Html => (
  <div class="stack">
    <div class="row-of-fields">
      <Field
        name="name"
        label="Name"
        state={state}
        required
        value={connection?.name ?? carrier.name}
        hint="How people here call it."
      />
      {!connection && (
        <Field
          name="mode"
          label="Mode"
          state={state}
          required
          choices={modes.map((mode) => [mode, sentence(mode)] as const)}
          hint="Sandbox buys nothing; live buys."
        />
      )}
    </div>
    {connection ? (
      <Facts
        of={[
          ['Whose', connection.kind === 'system' ? 'The operator’s: he looks after it' : 'Own'],
          ['Mode', sentence(connection.mode)],
          ['Address', <Text value={connection.base_url} />],
        ]}
      />
    ) : (
      <Field
        name="base_url"
        label="Address of the simulator"
        state={state}
        type="url"
        hint="Only for the mode simulator."
        placeholder="http://127.0.0.1:4010/ups"
      />
    )}
  </div>
)

const Credentials = ({
  asked,
  connection,
  state,
}: {
  asked: Asked[]
  connection: CarrierConnection | undefined
  state: FormState
}): Html => (
  <div class="stack">
    {connection && (
      <p class="muted">
        Set: {connection.credentials_set.join(', ') || 'none'}. Leave all empty to keep them; to
        change one, type all of them again.
      </p>
    )}
    {asked.map(({ name, label, help, secret, required }) => (
      <Field
        name={`credentials.${name}`}
        label={label}
        state={state}
        hint={help}
        type={secret ? 'password' : 'text'}
        autocomplete="off"
        required={!connection && required !== false}
      />
    ))}
  </div>
)

interface SettingProps {
  field: Asked
  value: unknown
  state: FormState
}

const Setting = ({ field, value, state }: SettingProps): Html => {
  const { name, label, help, required, choices, example } = field
  const begun = value ?? example
  return (
    <Field
      name={`config.${name}`}
      label={label}
      state={state}
      hint={help}
      required={required === true}
      value={typeof begun === 'string' ? begun : written(begun)}
      {...(example !== undefined && { rows: 16 })}
      {...(choices && {
        choices: [['', 'As the carrier does'], ...choices.map((each) => [each, each] as const)],
      })}
    />
  )
}

const written = (value: unknown): string =>
  value === undefined ? '' : JSON.stringify(value, null, 2)
