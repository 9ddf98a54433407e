import type { ColumnType, Generated } from 'kysely'

/** A column that the database fills, and that may be changed. */
type Moment = ColumnType<Date, Date | string | undefined, Date | string>

interface DeliveryRow {
  tenant_id: string
  id: Generated<string>
  event_id: string
  user_id: string | null
  channel: 'in_app' | 'push' | 'email' | 'sms' | 'telegram'
  type: string
  language: string
  recipient_hash: Buffer | null
  sealed_recipient: Buffer | null
  sealed_payload: Buffer | null
  state: Generated<'pending' | 'sent' | 'failed' | 'suppressed'>
  attempts: Generated<number>
  next_attempt_at: Moment | null
  provider: string | null
  provider_message_id: string | null
  error: string | null
  finished_at: Moment | null
}

/** The rows of `database/migrations/14_notification.sql` that the service uses. */
export interface Tables {
  'notification.deliveries': DeliveryRow
}
