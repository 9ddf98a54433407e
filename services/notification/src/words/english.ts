import type { MailLanguage } from './words.ts'

/** The mails in English. */
export const english: MailLanguage = {
  direction: 'ltr',
  footer: { terms: 'Terms', privacy: 'Privacy', support: 'Help', platform: 'Sent by FlatRender' },
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
      paragraphs: ['somebody invites you to work with them. Accept with this code; it holds for seven days.'],
      afterwards: ['If you do not want to, you need not do anything.'],
    },
  },
}
