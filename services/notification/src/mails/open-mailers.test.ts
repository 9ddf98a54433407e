import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { openFolderMailer, openSmtpMailer } from './open-mailers.ts'

const from = 'FlatRender <no-reply@example.com>'
const mail = {
  to: 'sara@example.com',
  subject: 'تأیید',
  text: 'سلام\n\nfrv_token\n',
  html: '<p dir="rtl">سلام</p>',
  messageId: 'abc@flatrender',
}

/** A real mail server on this machine, and what it was given. */
async function openSink(refuse: (address: string) => boolean) {
  const heard: string[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: ({ address }, _session, done) => done(refuse(address) ? new Error('no such mailbox') : null),
    onData(stream, _session, done) {
      let text = ''
      stream.on('data', (chunk) => {
        text += chunk
      })
      stream.on('end', () => {
        heard.push(text)
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    heard,
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((done) => server.close(() => done())),
  }
}

test('a mail goes by SMTP as it was written, and a refusal is a failure', async () => {
  const sink = await openSink((address) => address === 'nobody@example.com')
  const mailer = openSmtpMailer({ url: sink.url, from })
  try {
    await mailer.send(mail)
    const [text = ''] = sink.heard
    assert.match(text, /^From: FlatRender <no-reply@example.com>/m)
    assert.doesNotMatch(text, /^Reply-To/m)
    const own = { name: 'The "shop"', address: null }
    await mailer.send({ ...mail, from: own, replyTo: 'help@shop.example.com' })
    assert.match(sink.heard[1]!, /^From: "The \\"shop\\"" <no-reply@example.com>/m)
    assert.match(sink.heard[1]!, /^Reply-To: help@shop.example.com/m)
    await mailer.send({ ...mail, from: { name: null, address: 'hello@shop.example.com' } })
    assert.match(sink.heard[2]!, /^From: FlatRender <hello@shop.example.com>/m)
    assert.match(text, /^Auto-Submitted: auto-generated$/m)
    assert.match(text, /^Message-ID: <abc@flatrender>/m)
    assert.match(text, /^Subject: =\?UTF-8\?/m)
    assert.match(text, /multipart\/alternative/)
    await assert.rejects(mailer.send({ ...mail, to: 'nobody@example.com' }), /no such mailbox/)
  } finally {
    await mailer.close()
    await sink.close()
  }
})

test('a mail server that isn’t there is a failure, not a lost mail', async () => {
  const mailer = openSmtpMailer({ url: 'smtp://127.0.0.1:1', from })
  await assert.rejects(mailer.send(mail), /ECONNREFUSED/)
  await mailer.close()
})

test('without a mail server a mail is a file that others can’t read, and no header can be slipped in', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'flatrender-mails-'))
  try {
    const mailer = openFolderMailer({ folder, from })
    await mailer.send({ ...mail, subject: 'a\r\nBcc: thief@example.com' })
    const [name = ''] = await readdir(folder)
    assert.match(name, /\.eml$/)
    const file = path.join(folder, name)
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    const text = await readFile(file, 'utf8')
    assert.doesNotMatch(text, /^Bcc:/m)
    assert.match(text, /^Auto-Submitted: auto-generated$/m)
  } finally {
    await rm(folder, { recursive: true })
  }
})
