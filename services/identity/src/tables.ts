import type { SystemTransaction, TenantTransaction } from '@flatrender/platform/db'
import type { Generated } from 'kysely'

interface Tenants {
  id: Generated<string>
  parent_id: string | null
  kind: 'platform' | 'reseller' | 'customer'
  bills: Generated<'tenant' | 'user'>
  slug: string
  name: string
  state: Generated<'active' | 'suspended' | 'closed'>
  language: Generated<string>
  suspended_at: Date | null
  suspended_reason: string | null
  created_at: Generated<Date>
}

/** Colours of pages and mails, as #rrggbb. */
export interface BrandingColors {
  readonly primary?: string | undefined
  readonly background?: string | undefined
  readonly surface?: string | undefined
  readonly text?: string | undefined
}

interface TenantBranding {
  tenant_id: string
  domain: string | null
  domain_token: string | null
  domain_verified_at: Date | null
  domain_seen_at: Date | null
  domain_missed_at: Date | null
  colors: Generated<BrandingColors>
  mail_sender_name: string | null
  mail_sender_address: string | null
  terms_url: string | null
  privacy_url: string | null
  support_url: string | null
  hides_platform: Generated<boolean>
  allowed_origins: Generated<string[]>
}

interface TenantApiKeys {
  tenant_id: string
  id: Generated<string>
  owner_id: string | null
  name: string
  prefix: string
  hash: Buffer
  scopes: Generated<string[]>
  allowed_addresses: Generated<string[]>
  expires_at: Date | null
  last_used_at: Date | null
  last_used_address: string | null
  revoked_at: Date | null
  created_at: Generated<Date>
}

interface Users {
  tenant_id: string
  id: Generated<string>
  email: string | null
  email_verified_at: Date | null
  password_hash: string | null
  password_changed_at: Date | null
  requires_mfa: Generated<boolean>
  name: Generated<string>
  avatar_file_id: string | null
  language: Generated<string>
  time_zone: Generated<string>
  state: Generated<'active' | 'suspended' | 'deleted'>
  suspended_at: Date | null
  suspended_reason: string | null
  deleted_at: Date | null
  last_login_at: Date | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

interface Roles {
  tenant_id: string
  id: Generated<string>
  key: string
  name: Record<string, string>
  permissions: Generated<string[]>
  built_in: Generated<boolean>
}

interface UserRoles {
  tenant_id: string
  user_id: string
  role_id: string
}

/** By what a login was proven. */
export type LoginMethod = 'password' | 'totp' | 'webauthn' | 'recovery_code' | 'oauth'

interface Sessions {
  tenant_id: string
  id: Generated<string>
  user_id: string
  address: string | null
  user_agent: string | null
  methods: LoginMethod[]
  proven_at: Generated<Date>
  last_seen_at: Generated<Date>
  expires_at: Date
  revoked_at: Date | null
  revoked_reason: string | null
  created_at: Generated<Date>
}

interface RefreshTokens {
  tenant_id: string
  id: Generated<string>
  session_id: string
  generation: Generated<number>
  turn: Generated<number>
  hash: Buffer
  used_at: Date | null
  replaced_by: number | null
  expires_at: Date
}

interface SigningKeys {
  kid: string
  public_jwk: Record<string, unknown>
  sealed_private_key: Buffer | null
  state: Generated<'next' | 'active' | 'retired'>
  not_before_at: Generated<Date>
  retired_at: Date | null
}

interface UserTokens {
  tenant_id: string
  user_id: string
  purpose: 'verify_email' | 'reset_password' | 'mfa' | 'webauthn'
  hash: Buffer
  data: Generated<Record<string, string>>
  failures: Generated<number>
  used_at: Date | null
  expires_at: Date
}

interface Invitations {
  tenant_id: string
  id: Generated<string>
  email: string
  role_id: string
  hash: Buffer
  invited_by_id: string | null
  user_id: string | null
  expires_at: Date
  accepted_at: Date | null
  revoked_at: Date | null
  created_at: Generated<Date>
}

interface MfaFactors {
  tenant_id: string
  id: Generated<string>
  user_id: string
  kind: 'totp' | 'webauthn'
  name: Generated<string>
  sealed_secret: Buffer | null
  last_step: string | null
  credential_id: Buffer | null
  public_key: Buffer | null
  sign_count: string | null
  transports: string[] | null
  verified_at: Date | null
  last_used_at: Date | null
  created_at: Generated<Date>
}

interface RecoveryCodes {
  tenant_id: string
  user_id: string
  hash: Buffer
  used_at: Date | null
}

interface OauthProviders {
  tenant_id: string
  id: Generated<string>
  key: string
  kind: 'oidc' | 'github'
  name: string
  issuer: string
  client_id: string
  sealed_client_secret: Buffer | null
  scopes: Generated<string[]>
  trusts_email: Generated<boolean>
  redirect_uris: Generated<string[]>
  state: Generated<'active' | 'paused'>
  created_at: Generated<Date>
}

interface OauthAccounts {
  tenant_id: string
  id: Generated<string>
  user_id: string
  provider_id: string
  subject: string
  email: string | null
  last_used_at: Date | null
  created_at: Generated<Date>
}

interface OauthLogins {
  tenant_id: string
  provider_id: string
  user_id: string | null
  state_hash: Buffer
  handle_hash: Buffer
  redirect_uri: string
  sealed_secrets: Buffer
  expires_at: Date
}

interface LoginThrottles {
  tenant_id: string
  kind: 'account' | 'address' | 'pair'
  hash: Buffer
  failures: Generated<number>
  failed_at: Generated<Date>
  next_attempt_at: Date | null
}

interface MailThrottles {
  tenant_id: string
  purpose: 'verify_email' | 'registration_repeated' | 'reset_password' | 'invitation'
  hash: Buffer
  mailed: Date[]
  mailed_at: Generated<Date>
}

interface CreditAccounts {
  tenant_id: string
  account_id: string
  balance: Generated<string>
  reserved: Generated<string>
}

interface CreditReservations {
  tenant_id: string
  id: Generated<string>
  account_id: string
  reference: string
  amount: string
  state: Generated<'held' | 'settled' | 'released' | 'expired'>
  settled_amount: string | null
  expires_at: Date
  ended_at: Date | null
}

interface CreditEntries {
  tenant_id: string
  id: Generated<string>
  account_id: string
  kind: 'grant' | 'settle' | 'refund' | 'expire' | 'adjust'
  amount: string
  balance_after: string
  reference: string
  reason: string | null
  created_at: Generated<Date>
}

interface Plans {
  tenant_id: string
  id: Generated<string>
  slug: string
  name: Record<string, string>
  description: Generated<Record<string, string>>
  state: Generated<'draft' | 'active' | 'retired'>
  is_default: Generated<boolean>
  position: Generated<number>
  monthly_minutes: number | null
  monthly_credits: Generated<string>
  max_short_side_pixels: number
  has_watermark: Generated<boolean>
  storage_bytes: string
  concurrent_renders: Generated<number>
  priority: Generated<number>
  allows_api: Generated<boolean>
  max_batch_rows: Generated<number>
  trial_days: Generated<number>
}

interface TenantWebhooks {
  tenant_id: string
  id: Generated<string>
  kind: Generated<'endpoint' | 'renders'>
  url: string | null
  description: Generated<string>
  event_types: Generated<string[]>
  sealed_secret: Buffer
  state: Generated<'active' | 'paused' | 'failing'>
  failures: Generated<number>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

interface TenantWebhookDeliveries {
  tenant_id: string
  id: Generated<string>
  webhook_id: string
  event_id: string
  event_type: string
  url: string | null
  payload: string
  attempt: number
  state: Generated<'pending' | 'delivered' | 'failed' | 'abandoned'>
  response_status: number | null
  response_excerpt: string | null
  error: string | null
  duration_ms: number | null
  next_attempt_at: Date | null
  created_at: Generated<Date>
  finished_at: Date | null
}

interface TenantApiRequestLogs {
  tenant_id: string
  id: Generated<string>
  requested_at: Generated<Date>
  request_id: string
  api_key_id: string | null
  user_id: string | null
  method: string
  route: string
  status: number
  duration_ms: number
  request_bytes: Generated<string>
  response_bytes: Generated<string>
  address: string | null
  error_code: string | null
}

interface AuditLogs {
  tenant_id: string
  id: Generated<string>
  happened_at: Generated<Date>
  actor_kind: 'user' | 'key' | 'system'
  actor_id: string | null
  acting_tenant_id: string | null
  action: string
  subject: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  address: string | null
  user_agent: string | null
  request_id: string | null
}

/** The tables that this service works with, and of each the columns that it reads or writes. */
export interface Tables {
  readonly 'identity.tenants': Tenants
  readonly 'identity.tenant_branding': TenantBranding
  readonly 'identity.tenant_api_keys': TenantApiKeys
  readonly 'identity.users': Users
  readonly 'identity.roles': Roles
  readonly 'identity.user_roles': UserRoles
  readonly 'identity.sessions': Sessions
  readonly 'identity.refresh_tokens': RefreshTokens
  readonly 'identity.signing_keys': SigningKeys
  readonly 'identity.user_tokens': UserTokens
  readonly 'identity.mfa_factors': MfaFactors
  readonly 'identity.recovery_codes': RecoveryCodes
  readonly 'identity.oauth_providers': OauthProviders
  readonly 'identity.oauth_accounts': OauthAccounts
  readonly 'identity.oauth_logins': OauthLogins
  readonly 'identity.invitations': Invitations
  readonly 'identity.login_throttles': LoginThrottles
  readonly 'identity.mail_throttles': MailThrottles
  readonly 'identity.credit_accounts': CreditAccounts
  readonly 'identity.credit_reservations': CreditReservations
  readonly 'identity.credit_entries': CreditEntries
  readonly 'identity.audit_logs': AuditLogs
  readonly 'identity.plans': Plans
  readonly 'identity.tenant_webhooks': TenantWebhooks
  readonly 'identity.tenant_webhook_deliveries': TenantWebhookDeliveries
  readonly 'identity.tenant_api_request_logs': TenantApiRequestLogs
}

/** A transaction of either door: for what a tenant does to its own rows, and the system to those of any one tenant. */
export type AnyTransaction = TenantTransaction<Tables> | SystemTransaction<Tables>
