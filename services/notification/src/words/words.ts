/** The events that are mailed. */
export const mailedTypes = [
  'identity.email_verification.requested',
  'identity.password_reset.requested',
  'identity.registration.repeated',
  'identity.invitation.requested',
] as const
export type MailedType = (typeof mailedTypes)[number]

/** What one mail says; `{name}` stands for the person. */
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
  readonly mails: Readonly<Record<MailedType, MailWords>>
}
