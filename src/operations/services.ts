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

/** What lies at one place: for saying what was removed. */
export interface Lying {
  files: number
  bytes: number
}

/** The copies of the data that lie elsewhere, for who has to remove something from them. */
export interface Copies {
  /** Inside `TenantFiles.withClosed`: resolves when nobody copies the file any more. */
  release(tenant_id: string): Promise<void>
  /** Removes one business from the continuous copies and from every whole backup. */
  forget(tenant_id: string): Promise<{ continuous_copies: Lying; whole_backups: Lying }>
  /**
   * Writes `platform.db` anew without what was deleted in it, and replaces all that was copied of it
   * before. Repeatable.
   * @throws Problem `unavailable` while it cannot be copied
   */
  renewPlatform(): Promise<{ generations: number; backups: number }>
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
  /** None where nothing is copied: in tests, in commands that only look. */
  readonly copies?: Copies
  /** Seals credentials at rest; 32 bytes from the installation's key file. */
  readonly master_key: Uint8Array
  /**
   * Host names and CIDR ranges that webhooks may reach although they are not public, over http too:
   * for development, and for receivers in the operator's own network. None unless told.
   */
  readonly private_hosts?: readonly string[]
  /** Where carriers of sandboxes are simulated; nowhere unless told. */
  readonly simulator_url?: string | undefined
  /** What strangers may found by themselves; nothing unless told. */
  readonly sign_up?: 'sandbox' | 'live' | undefined
  /** Asks the DNS for the TXT texts of a name; the system's resolver unless told. */
  readonly findTexts?: (name: string) => Promise<readonly string[]>
  /** Proxies in front of us, whose word counts about where a request came from. None unless told. */
  readonly trusted_proxies?: readonly IpRange[]
}
