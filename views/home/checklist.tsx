/** What a new business does first, in order; what is done is ticked off by the shop itself. */
import type { Html } from '../../src/kit/html.ts'
import type { Home } from '../../src/home/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Icon } from '../ui/icon.tsx'
import { Card } from '../ui/layout.tsx'

type Step = keyof Home['first_steps']

const steps: readonly {
  step: Step
  title: string
  why: string
  href: string
  action: string
}[] = [
  {
    step: 'item',
    title: 'Add the first item',
    why: 'One thing you stock and sell: a sku, a barcode, its weight.',
    href: '/items/new',
    action: 'Add an item',
  },
  {
    step: 'supplier',
    title: 'Add a supplier',
    why: 'Whom you buy it from.',
    href: '/suppliers/new',
    action: 'Add a supplier',
  },
  {
    step: 'stock',
    title: 'Receive goods',
    why: 'Order from the supplier and receive, or write down what is on the shelf already.',
    href: '/purchase_orders/new',
    action: 'Order goods',
  },
  {
    step: 'address',
    title: 'Say where you ship from',
    why: 'Carriers ask for the address of your site.',
    href: '/locations',
    action: 'Add the address',
  },
  {
    step: 'carrier',
    title: 'Connect a carrier',
    why: 'With your own account, its sandbox, or a rate sheet for your own van.',
    href: '/carriers',
    action: 'Choose a carrier',
  },
  {
    step: 'order',
    title: 'Take the first order',
    why: 'Its goods are reserved, picked, packed, and leave with a label.',
    href: '/orders/new',
    action: 'New order',
  },
]

export const Checklist = ({ steps: done }: { steps: Home['first_steps'] }): Html => {
  const next = steps.find(({ step }) => !done[step])
  const count = steps.filter(({ step }) => done[step]).length
  return (
    <Card title="From nothing to the first parcel" actions={`${count} of ${steps.length} done`}>
      <ol class="checklist">
        {steps.map(({ step, title, why, href, action }) => (
          <li class={done[step] ? 'done' : undefined}>
            <span class="tick">{done[step] && <Icon name="check" />}</span>
            <div>
              <h3>
                {title}
                {done[step] && <span class="visually-hidden"> (done)</span>}
              </h3>
              <p class="small muted">{why}</p>
            </div>
            {!done[step] && (
              <LinkButton href={href} {...(next?.step === step && { kind: 'primary' })}>
                {action}
              </LinkButton>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
}
