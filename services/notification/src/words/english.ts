import type { MailLanguage } from './words.ts'

/** The mails in English. */
export const english: MailLanguage = {
  direction: 'ltr',
  footer: { terms: 'Terms', privacy: 'Privacy', support: 'Help', platform: 'Sent by FlatRender' },
  nameless: { inviter: 'somebody', tenant: 'their team' },
  page: 'Go there with it:',
  mails: {
    'identity.email_verification.requested': {
      subject: 'Confirm your e-mail address',
      greeting: 'Hello {name},',
      paragraphs: ['confirm with this code that this address is yours. It holds for 24 hours.'],
      afterwards: ['If you did not register, you need not do anything.'],
    },
    'identity.password_reset.requested': {
      subject: 'Set a new password',
      greeting: 'Hello {name},',
      paragraphs: [
        'with this code you can set a new password. It holds for one hour, and ends all your logins.',
      ],
      afterwards: ['If you did not ask for it, you need not do anything: your password stays as it is.'],
    },
    'identity.registration.repeated': {
      subject: 'You are registered already',
      greeting: 'Hello {name},',
      paragraphs: [
        'somebody, perhaps you, has just tried to register with this address. You have an account already: log in, or have a code sent to set a new password.',
      ],
      afterwards: ['If it was not you, you need not do anything.'],
    },
    'identity.invitation.requested': {
      subject: 'You are invited',
      greeting: 'Hello {name},',
      paragraphs: [
        '{inviter} invites you to work with {tenant}. Accept with this code; it holds for seven days.',
      ],
      afterwards: ['If you do not want to, you need not do anything.'],
    },
    'identity.password.changed': {
      subject: 'Your password was changed',
      greeting: 'Hello {name},',
      paragraphs: ['your password has just been changed, and your other logins have ended.'],
      afterwards: ['If it was not you, have a code sent at once to set a new password.'],
    },
    'identity.factor.added': {
      subject: 'A second factor was added',
      greeting: 'Hello {name},',
      paragraphs: ['a second factor has just been set up for your account: logging in takes it from now on.'],
      afterwards: [
        'If it was not you, have a code sent to set a new password, and ask whoever runs your account for help.',
      ],
    },
    'identity.factor.removed': {
      subject: 'A second factor was removed',
      greeting: 'Hello {name},',
      paragraphs: ['a second factor of your account has just been removed.'],
      afterwards: ['If it was not you, set a new password at once, and set your second factor up again.'],
    },
    'identity.factor.copied': {
      subject: 'There may be a copy of your authenticator',
      greeting: 'Hello {name},',
      paragraphs: [
        'somebody has just tried to log in or to prove a login with an authenticator that counted backwards, as a copy would. It was refused.',
      ],
      afterwards: ['Set a new password, remove that authenticator from your account, and use another one.'],
    },
    'identity.oauth_account.linked': {
      subject: 'An account was linked to yours',
      greeting: 'Hello {name},',
      paragraphs: [
        'an account elsewhere has just been linked to yours: whoever has it logs in as you from now on.',
      ],
      afterwards: ['If it was not you, set a new password at once, and unlink what you do not know.'],
    },
    'identity.oauth_account.unlinked': {
      subject: 'An account was unlinked from yours',
      greeting: 'Hello {name},',
      paragraphs: ['an account elsewhere has just been unlinked from yours: it logs nobody in any more.'],
      afterwards: ['If it was not you, set a new password at once, and link the account again.'],
    },
    'identity.recovery_code.used': {
      subject: 'A recovery code was used',
      greeting: 'Hello {name},',
      paragraphs: ['one of your recovery codes has just been used to log in, or to prove a login.'],
      afterwards: ['If it was not you, set a new password at once, and get new recovery codes.'],
    },
    'identity.recovery_codes.replaced': {
      subject: 'You have new recovery codes',
      greeting: 'Hello {name},',
      paragraphs: [
        'your account has just been given new recovery codes; the former ones are of no use any more.',
      ],
      afterwards: ['If it was not you, set a new password at once, and get new recovery codes.'],
    },
  },
}
