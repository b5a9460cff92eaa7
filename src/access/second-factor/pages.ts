/** The pages of a person's own second factor: in a business, and among the operator's staff. */
import { form, formState, page, submission, type RoomPages } from '../../operations/page.ts'
import type { Visit } from '../../operations/page.ts'
import {
  enrolView,
  recoveryCodesView,
  secondFactorView,
} from '../../../views/access/second-factor.tsx'
import { member_factor, staff_factor } from './api.ts'
import { drawQrCode } from './qr.ts'
import { enrolmentUri } from './totp.ts'

interface FactorDesk {
  account_path: '/account' | '/platform/account'
  operations: typeof member_factor | typeof staff_factor
}

/** What the form for the first code carries along, so that a wrong one shows the same picture. */
const carriedSecret = ({ fields }: Visit): string | undefined => {
  const secret = fields.get('secret')
  return secret && /^[A-Z2-7]{16,64}$/.test(secret) ? secret : undefined
}

function factorDesk({ account_path, operations }: FactorDesk): RoomPages {
  const path = `${account_path}/second-factor` as const
  const enrol = (visit: Visit, secret: string, uri: string) => {
    const qr = drawQrCode(uri)
    return enrolView({ secret, qr, path, account_path, state: formState(visit) })
  }
  const show = page({
    route: `GET ${path}`,
    title: 'Second factor',
    show: (visit) => {
      const secret = carriedSecret(visit)
      if (secret) return enrol(visit, secret, enrolmentUri(secret, visit.visitor.user.email))
      const factor = visit.ask(operations.get, {})
      return secondFactorView({ factor, account_path, path, state: formState(visit) })
    },
  })
  const codes = (recovery_codes: readonly string[], is_new: boolean) => ({
    title: 'Recovery codes',
    show: recoveryCodesView({ codes: recovery_codes, back: account_path, is_new }),
  })
  const nothing = () => ({})
  return {
    pages: [show],
    forms: [
      form({
        route: `POST ${path}`,
        again: show,
        submit: submission(operations.begin, nothing, ({ secret, uri }, visit) => ({
          title: 'Second factor',
          show: enrol(visit, secret, uri),
        })),
      }),
      form({
        route: `POST ${path}/confirm`,
        again: show,
        submit: submission(
          operations.confirm,
          (fields) => ({ code: fields.get('code') ?? '' }),
          ({ recovery_codes }) => codes(recovery_codes, true),
        ),
      }),
      form({
        route: `POST ${path}/codes`,
        again: show,
        submit: submission(operations.renewCodes, nothing, ({ recovery_codes }) =>
          codes(recovery_codes, false),
        ),
      }),
      form({
        route: `POST ${path}/remove`,
        again: show,
        submit: submission(operations.remove, nothing, () => ({
          to: path,
          say: 'The second factor is removed.',
        })),
      }),
    ],
  }
}

export const factor_pages: RoomPages[] = [
  factorDesk({ account_path: '/account', operations: member_factor }),
  factorDesk({ account_path: '/platform/account', operations: staff_factor }),
]
