import type {
  UserId,
  WebhookDeliveryId,
  WebhookEvent,
  WebhookId,
  WebhookKind,
  WebhookMessageType,
  WorkspaceId,
} from '@recomamp/contracts'
import type { ColumnType, Generated } from 'kysely'
import type { EncryptedToken } from '#platform/crypto/tokens.ts'

type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>

export interface WebhooksTable {
  id: WebhookId
  workspace_id: WorkspaceId
  kind: WebhookKind
  /** An address of a chat lets everybody write there who knows it. */
  address_encrypted: EncryptedToken
  /** Of `webhook` only. */
  secret_encrypted: EncryptedToken | null
  previous_secret_encrypted: Optional<EncryptedToken>
  previous_secret_until: Optional<Date>
  events: ColumnType<WebhookEvent[], string, string>
  /** The place in the workspace's events up to which deliveries were made. */
  last_event_id: ColumnType<string, string | number, string | number>
  paused_at: Optional<Date>
  paused_reason: Optional<'person' | 'failing' | 'gone'>
  failing_since: Optional<Date>
  failures: Generated<number>
  last_sent_at: Optional<Date>
  created_by: UserId
  created_at: Date
  updated_at: Date
}

export interface WebhookDeliveriesTable {
  id: WebhookDeliveryId
  workspace_id: WorkspaceId
  webhook_id: WebhookId
  type: WebhookMessageType
  about: string
  /** What happened once is told once, however often its event is read. */
  dedupe_key: string
  payload: string
  state: 'waiting' | 'delivered' | 'failed'
  /** Goes also where the webhook is paused. */
  by_hand: Generated<boolean>
  /** All tries; an attempt's number. */
  attempts: Generated<number>
  /** Tries of the present series: one that is sent again by hand begins anew. */
  tries: Generated<number>
  next_attempt_at: Optional<Date>
  lease_until: Optional<Date>
  last_try_at: Optional<Date>
  last_status: Optional<number>
  last_error: Optional<string>
  last_took_ms: Optional<number>
  created_at: Date
  finished_at: Optional<Date>
}

export interface WebhookAttemptsTable {
  delivery_id: WebhookDeliveryId
  attempt: number
  workspace_id: WorkspaceId
  at: Date
  status: Optional<number>
  error: Optional<string>
  took_ms: Optional<number>
  answer: Optional<string>
}
