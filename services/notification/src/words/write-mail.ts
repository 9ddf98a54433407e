import { english } from './english.ts'
import { persian } from './persian.ts'
import { isPlainName } from './plain-name.ts'
import type { MailedType, MailLanguage } from './words.ts'

const languages: Readonly<Record<string, MailLanguage>> = { en: english, fa: persian }

/** How mails of a tenant look; what it leaves open is ours. */
export interface MailLook {
  /** As #rrggbb. */
  readonly colors: {
    readonly [role in 'primary' | 'background' | 'surface' | 'text']?: string | undefined
  }
  readonly termsUrl: string | null
  readonly privacyUrl: string | null
  readonly supportUrl: string | null
  /** Is FlatRender named nowhere? */
  readonly hidesPlatform: boolean
}

/** For whom a mail is, and what it brings. */
export interface MailContent {
  readonly type: MailedType
  /** BCP 47; English where we have no mails in it. */
  readonly language: string
  readonly name: string
  readonly token: string | undefined
  /** Of the mail that invites: into what, by whom, and the tenant's own page, if it has one. */
  readonly invitation?:
    | { readonly tenant: string; readonly inviter: string; readonly page: string | null }
    | undefined
  readonly look: MailLook
}

/** Writes a mail as text and as HTML, in the direction of its language. */
export function writeMail({ type, language, name, token, invitation, look }: MailContent): {
  subject: string
  text: string
  html: string
} {
  const tag = language.split('-')[0] ?? 'en'
  const known = languages[tag] === undefined ? 'en' : tag
  const { direction, mails, footer, nameless, page: go } = languages[known] as MailLanguage
  const { subject, greeting, paragraphs: said, afterwards } = mails[type]
  const nameOf = (who: 'inviter' | 'tenant') => {
    const given = invitation?.[who] ?? ''
    return isPlainName(given) ? given : nameless[who]
  }
  const paragraphs = said.map((words) =>
    words.replace(/\{(inviter|tenant)\}/g, (_, who: 'inviter' | 'tenant') => nameOf(who)),
  )
  const page = invitation?.page ?? null
  // Without a plain name the greeting ends where the name would stand. By a function: a text with $& in it would be a pattern.
  const hello = !isPlainName(name) ? greeting.replace(' {name}', '') : greeting.replace('{name}', () => name)
  const {
    primary = '#f1effb',
    background = '#f7f6fb',
    surface = '#ffffff',
    text: ink = '#17153b',
  } = look.colors
  const links = [
    [footer.support, look.supportUrl],
    [footer.terms, look.termsUrl],
    [footer.privacy, look.privacyUrl],
  ].flatMap(([label, url]) => (url ? [{ label: label!, url }] : []))
  const sentBy = look.hidesPlatform ? [] : [footer.platform]
  const below = [...links.map(({ label, url }) => `${label}: ${url}`), ...sentBy].join('\n')
  const text = [
    hello,
    ...paragraphs,
    ...(token === undefined ? [] : [token]),
    page === null ? '' : `${go} ${page}`,
    ...afterwards,
    below,
  ]
    .filter(Boolean)
    .join('\n\n')
  const paragraph = (words: string) => `<p style="margin:0 0 16px">${escapeHtml(words)}</p>`
  const code =
    token === undefined
      ? ''
      : `<p dir="ltr" style="margin:0 0 16px;padding:16px;border-radius:8px;border:2px solid ${primary};font-family:monospace;font-size:15px;word-break:break-all;text-align:center">${escapeHtml(token)}</p>`
  const lead =
    page === null
      ? ''
      : `<p style="margin:0 0 16px">${escapeHtml(go)} <a dir="ltr" href="${escapeHtml(page)}" style="color:${ink}">${escapeHtml(page)}</a></p>`
  const small = `<p style="max-width:520px;margin:16px auto 0;font-size:13px;text-align:center">${[
    ...links.map(
      ({ label, url }) => `<a href="${escapeHtml(url)}" style="color:${ink}">${escapeHtml(label)}</a>`,
    ),
    ...sentBy.map(escapeHtml),
  ].join(' · ')}</p>`
  const html = `<!doctype html><html lang="${known}" dir="${direction}"><meta charset="utf-8"><body style="margin:0;padding:32px 16px;background:${background};color:${ink};font-family:Tahoma,system-ui,sans-serif;font-size:16px;line-height:1.7"><div style="max-width:520px;margin:0 auto;padding:32px;border-radius:12px;background:${surface};border-top:4px solid ${primary}">${paragraph(hello)}${paragraphs.map(paragraph).join('')}${code}${lead}${afterwards.map(paragraph).join('')}</div>${small}</body></html>`
  return { subject, text: `${text}\n`, html }
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
