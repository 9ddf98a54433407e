import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { email, words } from './values.ts'

/** An sRGB colour, in six digits: mails know no others. */
const color = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'a colour like #1a2b3c')

/** Colours of pages and mails, by what they are for. */
const colors = z.strictObject({
  primary: color.optional(),
  background: color.optional(),
  surface: color.optional(),
  text: color.optional(),
})

/** A page of the tenant. */
const pageUrl = z.url({ protocol: /^https$/, hostname: z.regexes.domain }).max(2000)

/** Whose pages may call from a browser: exact, with https; without it this machine's own alone. */
const origin = z
  .string()
  .max(255)
  .refine(isOrigin, 'an origin like https://app.example.com; http only of localhost')

/** What a mail says of who sent it. An address in it would show another sender than it is. */
const senderName = words
  .min(1)
  .max(120)
  .regex(/^[^<>@"]*$/, 'holds <, >, @ or "')

/** How a tenant looks to people. */
export const look = z.object({
  colors,
  termsUrl: pageUrl.nullable(),
  privacyUrl: pageUrl.nullable(),
  supportUrl: pageUrl.nullable(),
  /** Is FlatRender named nowhere? */
  hidesPlatform: z.boolean(),
})

const domain = z.object({
  /** As name servers know it: `xn--…` where it isn't ASCII. */
  name: z.string(),
  /** Was its TXT record seen? Before, the domain counts for nothing. */
  proven: z.boolean(),
  /** What to add at the domain's name servers, and leave there. */
  record: z.object({ type: z.literal('TXT'), name: z.string(), value: z.string() }),
})

const ownBranding = look.extend({
  mailSenderName: senderName.nullable(),
  /** Mails come from it where it is of the proven domain; else answers go there. */
  mailSenderAddress: email.nullable(),
  allowedOrigins: z.array(origin).max(20),
  domain: domain.nullable(),
})

/** What makes a tenant look like itself: colours, mails, pages, and a domain of its own. */
export const branding = {
  show: procedure('tenants:read')
    .route({
      method: 'GET',
      path: '/branding',
      summary: 'Show the branding of this tenant',
      tags: ['branding'],
    })
    .output(ownBranding),
  change: procedure('tenants:write')
    .route({
      method: 'PATCH',
      path: '/branding',
      summary: 'Change the branding of this tenant',
      description:
        'What is not sent stays as it is; null takes it away. Sending `allowedOrigins` needs a login proven lately.',
      tags: ['branding'],
    })
    .input(ownBranding.omit({ domain: true }).partial())
    .output(ownBranding),
  showPublic: procedure('anyone')
    .route({
      method: 'GET',
      path: '/branding/public',
      summary: 'How does the tenant of this host look?',
      description: 'For pages that know nobody yet.',
      tags: ['branding'],
    })
    .output(look.extend({ name: z.string(), language: z.string() })),
  setDomain: procedure('tenants:own')
    .route({
      method: 'PUT',
      path: '/branding/domain',
      summary: 'Set a domain of this tenant’s own',
      description:
        'It counts once the TXT record of this answer is found: add it, then send `POST /branding/domain/verify`. Another domain takes the place of the one before.',
      tags: ['branding'],
    })
    .input(z.object({ domain: z.string().min(1).max(253) }))
    .output(domain),
  proveDomain: procedure('tenants:own')
    .route({
      method: 'POST',
      path: '/branding/domain/verify',
      summary: 'Look whether the domain’s record is there',
      description:
        'From then on the domain is this tenant’s alone. The record is looked for every day; gone for seven days, the proof is gone too.',
      tags: ['branding'],
    })
    .input(z.object({}))
    .output(domain),
  removeDomain: procedure('tenants:own')
    .route({
      method: 'DELETE',
      path: '/branding/domain',
      summary: 'Give up the domain',
      tags: ['branding'],
    })
    .output(z.object({})),
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { origin: exact, protocol, hostname } = new URL(text)
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  if (exact !== text) return false
  return local ? /^https?:$/.test(protocol) : protocol === 'https:' && z.regexes.domain.test(hostname)
}
