import { type PersonalTables, personal } from '@flatrender/platform/personal'

/** Every table with rows of a person, once for each column that says so. A test compares it with the database. */
export const personalTables: PersonalTables = {
  schema: 'notification',
  tables: [
    personal('notifications', 'user_id', 'deleted'),
    // Emptied of their addresses.
    personal('deliveries', 'user_id', 'kept', ['recipient_hash', 'sealed_recipient', 'sealed_payload']),
    personal('notification_preferences', 'user_id', 'deleted'),
    personal('telegram_links', 'user_id', 'deleted', ['hash']),
  ],
}
