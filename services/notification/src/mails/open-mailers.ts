import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createTransport } from 'nodemailer'
import type { Mail, Mailer } from './mailer.ts'

/** Milliseconds that a mail server may take for any one step. */
const PATIENCE = 15_000

/** Sends by SMTP. `url`: `smtp://user:password@host:587` or `smtps://…`; `from`: `FlatRender <no-reply@…>`. */
export function openSmtpMailer({ url, from }: { readonly url: string; readonly from: string }): Mailer {
  const transport = createTransport(
    { url, pool: true, maxConnections: 2, connectionTimeout: PATIENCE, socketTimeout: PATIENCE } as object,
    { from },
  )
  return {
    name: 'smtp',
    async send(mail) {
      await transport.sendMail(address(mail, from))
    },
    close: async () => transport.close(),
  }
}

/** Writes each mail as a file of a folder, for installations without a mail server. */
export function openFolderMailer({
  folder,
  from,
}: {
  readonly folder: string
  readonly from: string
}): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' }, { from })
  return {
    name: 'folder',
    async send(mail: Mail) {
      const { message } = await transport.sendMail(address(mail, from))
      // Others don't see half a mail; the address isn't part of the name, for what it holds may not be a file's.
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const time = new Date().toISOString().replaceAll(':', '-')
      const file = path.join(folder, `${time}-${randomUUID().slice(0, 8)}.eml`)
      await writeFile(`${file}.part`, message as Buffer, { mode: 0o600 })
      await rename(`${file}.part`, file)
    },
    close: async () => transport.close(),
  }
}

/** Puts on a mail who it comes from: the installation's sender, or what of it the mail has otherwise. */
function address({ from: own, replyTo, messageId, ...mail }: Mail, from: string) {
  const [, name = '', address = from] = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(from) ?? []
  return {
    ...mail,
    messageId: `<${messageId}>`,
    // No machine that answers mails, such as an absence's, shall answer these (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    from: { name: own?.name ?? name.replaceAll('"', ''), address: own?.address ?? address },
    ...(replyTo && { replyTo: { name: '', address: replyTo } }),
  }
}
