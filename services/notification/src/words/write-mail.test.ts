import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailedTypes, tokenTypes } from './words.ts'
import { writeMail } from './write-mail.ts'

const look = { colors: {}, termsUrl: null, privacyUrl: null, supportUrl: null, hidesPlatform: false }

test('every mail is there in both languages, in its own direction, with its token', () => {
  for (const type of mailedTypes) {
    const token = tokenTypes.some((bringing) => bringing === type) ? 'frv_token' : undefined
    const english = writeMail({ type, language: 'en-GB', name: 'Sara', token, look })
    const persian = writeMail({ type, language: 'fa', name: 'سارا', token, look })
    assert.notEqual(english.subject, persian.subject)
    assert.match(english.html, /<html lang="en" dir="ltr">/)
    assert.match(persian.html, /<html lang="fa" dir="rtl">/)
    assert.match(english.text, /^Hello Sara,\n/)
    assert.match(persian.text, /^سلام سارا،\n/)
    for (const { text, html } of [english, persian]) {
      assert.equal(text.includes('frv_token'), token !== undefined)
      assert.equal(html.includes('dir="ltr" style'), token !== undefined)
      assert.doesNotMatch(text, /\{\w+\}/)
    }
  }
})

test('a name that holds an address is not said, in any language', () => {
  const content = { type: 'identity.email_verification.requested', token: 'frv_token', look } as const
  const name = 'FlatRender Security https://evil.example/login'
  for (const [language, hello] of [
    ['en', /^Hello,\n/],
    ['fa', /^سلام،\n/],
  ] as const) {
    const { text, html } = writeMail({ ...content, language, name })
    assert.match(text, hello)
    assert.doesNotMatch(text + html, /Security|evil/)
  }
})

test('an invitation says who invites into what, as far as these are names, and leads to the tenant’s own page', () => {
  const content = { type: 'identity.invitation.requested', token: 'frv_token', name: '', look } as const
  const page = 'https://video.example.com'
  const invitation = { tenant: 'Nur', inviter: 'Sara $&', page }
  const english = writeMail({ ...content, language: 'en', invitation })
  assert.match(english.text, /Sara \$& invites you to work with Nur\./)
  assert.match(english.text, /\nGo there with it: https:\/\/video\.example\.com\n/)
  assert.match(english.html, /href="https:\/\/video\.example\.com"/)
  const persian = writeMail({ ...content, language: 'fa', invitation: { ...invitation, inviter: 'سارا' } })
  assert.match(persian.text, /سارا شما را به همکاری با Nur دعوت کرده است/)
  const evil = { tenant: 'evil.example', inviter: 'Log in at https://evil.example', page: null }
  for (const language of ['en', 'fa']) {
    const { text, html } = writeMail({ ...content, language, invitation: evil })
    assert.doesNotMatch(text + html, /evil|href|\{\w+\}/)
  }
  assert.match(
    writeMail({ ...content, language: 'en', invitation: evil }).text,
    /somebody invites you to work with their team/,
  )
})

test('a name is only text, may be missing, and an unknown language is English', () => {
  const content = { type: 'identity.registration.repeated', token: undefined, look } as const
  const evil = writeMail({ ...content, language: 'en', name: '<img src=x>{name}' })
  assert.ok(!evil.html.includes('<img'))
  assert.match(writeMail({ ...content, language: 'en', name: "A $& $' B" }).text, /^Hello A \$& \$' B,\n/)
  assert.match(writeMail({ ...content, language: 'en', name: '' }).text, /^Hello,\n/)
  assert.match(writeMail({ ...content, language: 'fa', name: '' }).text, /^سلام،\n/)
  assert.match(writeMail({ ...content, language: 'xx', name: 'A' }).text, /^Hello A,/)
})

test('a mail looks like its tenant, names its pages, and FlatRender only where it may', () => {
  const content = { type: 'identity.registration.repeated', token: undefined, name: 'A' } as const
  const plain = writeMail({ ...content, language: 'en', look })
  assert.match(plain.text, /Sent by FlatRender\n$/)
  assert.doesNotMatch(plain.html, /href/)
  const own = writeMail({
    ...content,
    language: 'fa',
    look: {
      ...look,
      colors: { primary: '#102030', background: '#405060' },
      supportUrl: 'https://shop.example.com/?a=1&b="2"',
      hidesPlatform: true,
    },
  })
  assert.doesNotMatch(own.text + own.html, /FlatRender/)
  assert.match(own.html, /background:#405060/)
  assert.match(own.html, /border-top:4px solid #102030/)
  assert.match(own.html, /href="https:\/\/shop\.example\.com\/\?a=1&#38;b=&#34;2&#34;"/)
  assert.match(own.text, /پشتیبانی: https:\/\/shop\.example\.com/)
})
