/** What operations may use of the outside beyond their file. One object, made once by `app.ts`. */
import type { IpRange } from '../kit/ip-ranges.ts'
import type { FeatureAnswer, Terms } from '../kit/terms.ts'
import type { ObjectStore } from '../objects/object-store.ts'
import type { ReplicationStatus } from '../replication/status.ts'

/** Who carries our mail. */
export interface MailSettings {
  /** `smtp://user:password@host:587` or `smtps://…` */
  readonly smtp_url: string
  /** The sender: `no-reply@example.com`, or with a name before it. */
  readonly from: string
  /** The certificate authority of a mail server that the system does not know, as PEM. */
  readonly ca?: string
}

export interface Services {
  /** Without it mails are kept on the outbox page. */
  readonly mail?: MailSettings | undefined
  /** Labels, documents, artifacts of one tenant. */
  readonly objects: (tenant_id: string) => ObjectStore
  /** Where people reach this installation: `https://stock.example.com`. */
  readonly public_url: string
  /** What a business may use; unlimited unless told. */
  readonly terms?: (tenant_id: string) => Terms | undefined
  /** Each feature of a business with the steps that decided; none unless told. */
  readonly features?: (tenant_id: string) => FeatureAnswer[]
  /** How far the continuous copies are; undefined while nothing is copied. */
  readonly copying?: () => ReplicationStatus | undefined
  /** Seals credentials at rest; 32 bytes from the installation's key file. */
  readonly master_key: Uint8Array
  /**
   * Host names and CIDR ranges that webhooks may reach although they are not public, over http too:
   * for development, and for receivers in the operator's own network. None unless told.
   */
  readonly private_hosts?: readonly string[]
  /** Proxies in front of us, whose word counts about where a request came from. None unless told. */
  readonly trusted_proxies?: readonly IpRange[]
}
