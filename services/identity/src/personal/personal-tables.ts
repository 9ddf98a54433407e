import { type PersonalTables, personal } from '@flatrender/platform/personal'

/** Every table with rows of a person, once for each column that says so. A test compares it with the database. */
export const personalTables: PersonalTables = {
  schema: 'identity',
  tables: [
    // Emptied, for what points to it.
    personal('users', 'id', 'kept', ['password_hash']),
    personal('user_roles', 'user_id', 'deleted'),
    personal('sessions', 'user_id', 'deleted'),
    personal('mfa_factors', 'user_id', 'deleted', ['sealed_secret', 'credential_id', 'public_key']),
    personal('recovery_codes', 'user_id', 'deleted', ['hash']),
    personal('user_tokens', 'user_id', 'deleted', ['hash', 'data']),
    personal('oauth_accounts', 'user_id', 'deleted'),
    personal('oauth_logins', 'user_id', 'deleted', ['state_hash', 'handle_hash', 'sealed_secrets']),
    // Whoever knows the endpoint may send to it.
    personal('push_subscriptions', 'user_id', 'deleted', ['endpoint', 'p256dh', 'sealed_auth']),
    personal('invitations', 'user_id', 'deleted', ['hash']),
    personal('tenant_api_keys', 'owner_id', 'kept', ['hash']),
    personal('audit_logs', 'actor_id', 'kept'),
    // What others did to them; where those others were is not theirs to know.
    personal('audit_logs', 'subject', 'kept', ['address', 'user_agent']),
    personal('tenant_api_request_logs', 'user_id', 'kept'),
    personal('subscriptions', 'account_id', 'kept'),
    personal('invoices', 'account_id', 'kept'),
    personal('payments', 'account_id', 'kept'),
    personal('coupon_redemptions', 'account_id', 'kept'),
    personal('credit_accounts', 'account_id', 'kept'),
    personal('credit_reservations', 'account_id', 'kept'),
    personal('credit_entries', 'account_id', 'kept'),
    personal('tenant_usage_daily', 'account_id', 'kept'),
    personal('earned_gifts', 'user_id', 'kept'),
    personal('user_points', 'user_id', 'kept'),
    personal('points_entries', 'user_id', 'kept'),
    personal('user_badges', 'user_id', 'deleted'),
    personal('referral_codes', 'user_id', 'deleted'),
    personal('referrals', 'referrer_id', 'kept'),
    personal('referrals', 'referred_id', 'kept'),
    personal('streaks', 'user_id', 'deleted'),
  ],
}
