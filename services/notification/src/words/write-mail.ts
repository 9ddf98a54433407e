import { english } from './english.ts'
import { persian } from './persian.ts'
import type { MailedType, MailLanguage } from './words.ts'

const languages: Readonly<Record<string, MailLanguage>> = { en: english, fa: persian }

/** For whom a mail is, and what it brings. */
export interface MailContent {
  readonly type: MailedType
  /** BCP 47; English where we have no mails in it. */
  readonly language: string
  readonly name: string
  readonly token: string | undefined
}

/** Writes a mail as text and as HTML, in the direction of its language. */
export function writeMail({ type, language, name, token }: MailContent): {
  subject: string
  text: string
  html: string
} {
  const tag = language.split('-')[0] ?? 'en'
  const known = languages[tag] === undefined ? 'en' : tag
  const { direction, mails } = languages[known] as MailLanguage
  const { subject, greeting, paragraphs, afterwards } = mails[type]
  // Without a name the greeting ends where the name would stand.
  const hello = name === '' ? greeting.replace(' {name}', '') : greeting.replace('{name}', name)
  const text = [hello, ...paragraphs, ...(token === undefined ? [] : [token]), ...afterwards].join('\n\n')
  const paragraph = (words: string) => `<p style="margin:0 0 16px">${escapeHtml(words)}</p>`
  const code =
    token === undefined
      ? ''
      : `<p dir="ltr" style="margin:0 0 16px;padding:16px;border-radius:8px;background:#f1effb;font-family:monospace;font-size:15px;word-break:break-all;text-align:center">${escapeHtml(token)}</p>`
  const html = `<!doctype html><html lang="${known}" dir="${direction}"><meta charset="utf-8"><body style="margin:0;padding:32px 16px;background:#f7f6fb;color:#17153b;font-family:Tahoma,system-ui,sans-serif;font-size:16px;line-height:1.7"><div style="max-width:520px;margin:0 auto;padding:32px;border-radius:12px;background:#ffffff">${paragraph(hello)}${paragraphs.map(paragraph).join('')}${code}${afterwards.map(paragraph).join('')}</div></body></html>`
  return { subject, text: `${text}\n`, html }
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
