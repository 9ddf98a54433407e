/** The events whose mail brings a token to come back with. */
export const tokenTypes = [
  'identity.email_verification.requested',
  'identity.password_reset.requested',
  'identity.invitation.requested',
] as const

/** The events that are mailed: whoever logs in as somebody else can't keep it from them. */
export const mailedTypes = [
  ...tokenTypes,
  'identity.registration.repeated',
  'identity.password.changed',
  'identity.factor.added',
  'identity.factor.removed',
  'identity.factor.copied',
  'identity.oauth_account.linked',
  'identity.oauth_account.unlinked',
  'identity.recovery_code.used',
  'identity.recovery_codes.replaced',
] as const
export type MailedType = (typeof mailedTypes)[number]

/** What one mail says; `{name}` stands for the person, `{inviter}` and `{tenant}` for who invites them into what. */
export interface MailWords {
  readonly subject: string
  readonly greeting: string
  readonly paragraphs: readonly string[]
  /** After the token, if there is one. */
  readonly afterwards: readonly string[]
}

/** All mails in one language. */
export interface MailLanguage {
  readonly direction: 'ltr' | 'rtl'
  /** Below every mail: what the tenant's pages are called, and by what it was sent. */
  readonly footer: Readonly<Record<'terms' | 'privacy' | 'support' | 'platform', string>>
  /** Stand for an inviter or a tenant whose name isn't said. */
  readonly nameless: Readonly<Record<'inviter' | 'tenant', string>>
  /** Before the address at which a token is taken. */
  readonly page: string
  readonly mails: Readonly<Record<MailedType, MailWords>>
}
