/** How the operator, or his own product, founds a business. */
import { calling } from '../../operations/operation.ts'
import { CreatedTenant, NewTenant, Onboarding } from '../../tenants/schema.ts'
import { createTenant, onboardTenant } from './found-business.ts'
import { OnboardedTenant } from './schema.ts'

const founding = {
  level: 'platform',
  permission: 'tenants.write',
  status: 201,
  shown_once: true,
  problems: ['duplicate_slug', 'domain_taken', 'domain_quarantined'],
} as const

export const tenantsCreate = calling(
  {
    ...founding,
    problems: [...founding.problems],
    id: 'tenants.create',
    route: 'POST /v1/platform/tenants',
    summary: 'Found a business with its own file; its first token is in this reply alone',
    description:
      'It is `onboarding` until its owner has come in and its first item and its address are there; meanwhile it works like any other.',
    body: NewTenant,
    reply: CreatedTenant,
    example: {
      body: { name: 'Harbour Goods', domain: 'harbour-goods', admin_email: 'mara@harbour.test' },
    },
  },
  createTenant,
)

export const tenantsOnboard = calling(
  {
    ...founding,
    problems: [...founding.problems],
    id: 'tenants.onboard',
    route: 'POST /v1/platform/tenants/onboard',
    summary: 'Found a business and prepare its guided set-up',
    description:
      'In a sandbox the carriers of the wizard are connected to simulations, as far as we have them.',
    body: Onboarding,
    reply: OnboardedTenant,
    example: {
      body: {
        company_name: 'Customer Corp',
        admin_email: 'admin@customer.test',
        domain_preference: 'customer-corp',
        plan: 'starter',
        setup_wizard: { carriers: ['ups', 'fedex'], features: ['organizations', 'webhooks'] },
      },
    },
  },
  onboardTenant,
)

export const api = [tenantsCreate, tenantsOnboard]
