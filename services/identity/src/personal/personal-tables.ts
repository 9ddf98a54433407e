/** A table of the service's own with rows of a person. */
export interface PersonalTable {
  /** Of the schema `identity`. */
  readonly table: string
  /** The column that says whose a row is. */
  readonly by: string
  /** What an export leaves out: secrets, hashes of them, and what only a machine can read. */
  readonly hides: readonly string[]
  /** What becomes of the rows when their person is deleted: books and logs stay, with ids alone, and without addresses. */
  readonly atEnd: 'deleted' | 'kept'
}

const row = (
  table: string,
  by: string,
  atEnd: PersonalTable['atEnd'],
  hides: readonly string[] = [],
): PersonalTable => ({ table, by, hides, atEnd })

/** Every table with rows of a person, once for each column that says so. A test compares it with the database. */
export const personalTables: readonly PersonalTable[] = [
  // Emptied, for what points to it.
  row('users', 'id', 'kept', ['password_hash']),
  row('user_roles', 'user_id', 'deleted'),
  row('sessions', 'user_id', 'deleted'),
  row('mfa_factors', 'user_id', 'deleted', ['sealed_secret', 'credential_id', 'public_key']),
  row('recovery_codes', 'user_id', 'deleted', ['hash']),
  row('user_tokens', 'user_id', 'deleted', ['hash', 'data']),
  row('oauth_accounts', 'user_id', 'deleted'),
  row('oauth_logins', 'user_id', 'deleted', ['state_hash', 'handle_hash', 'sealed_secrets']),
  // Whoever knows the endpoint may send to it.
  row('push_subscriptions', 'user_id', 'deleted', ['endpoint', 'p256dh', 'sealed_auth']),
  row('invitations', 'user_id', 'deleted', ['hash']),
  row('tenant_api_keys', 'owner_id', 'kept', ['hash']),
  row('audit_logs', 'actor_id', 'kept'),
  // What others did to them; where those others were is not theirs to know.
  row('audit_logs', 'subject', 'kept', ['address', 'user_agent']),
  row('tenant_api_request_logs', 'user_id', 'kept'),
  row('subscriptions', 'account_id', 'kept'),
  row('invoices', 'account_id', 'kept'),
  row('payments', 'account_id', 'kept'),
  row('coupon_redemptions', 'account_id', 'kept'),
  row('credit_accounts', 'account_id', 'kept'),
  row('credit_reservations', 'account_id', 'kept'),
  row('credit_entries', 'account_id', 'kept'),
  row('tenant_usage_daily', 'account_id', 'kept'),
  row('earned_gifts', 'user_id', 'kept'),
  row('user_points', 'user_id', 'kept'),
  row('points_entries', 'user_id', 'kept'),
  row('user_badges', 'user_id', 'deleted'),
  row('referral_codes', 'user_id', 'deleted'),
  row('referrals', 'referrer_id', 'kept'),
  row('referrals', 'referred_id', 'kept'),
  row('streaks', 'user_id', 'deleted'),
]
