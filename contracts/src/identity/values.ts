import { z } from 'zod'
import { rowsByTable } from '../call/rows.ts'

/** An e-mail address, as far as a form can tell: its mail arriving is the proof. */
export const email = z.email().max(254)

/** Length is what counts (NIST SP 800-63B): no rules of letters and digits. In UTF-16 units; the upper bound caps the work. */
export const password = z.string().min(10).max(256)

/**
 * What a name can't show: control characters, line breaks among them; those that let letters stand in another order than
 * they are written in; spaces without width, tags, and code points that are no characters.
 */
const UNSEEN =
  /[\p{Cc}\p{Noncharacter_Code_Point}\xAD\u200B\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/u

/** A joiner that joins nothing: at an end, beside a space or another joiner. */
const LOOSE_JOINER = /(?<![^\s\u200C\u200D])[\u200C\u200D]|[\u200C\u200D](?![^\s\u200C\u200D])/u

/** A character that is seen. Some letters are made to be blank: Hangul's fillers, and Braille's cell without dots. */
const SEEN = /[^\s\p{C}\p{M}\u115F\u1160\u3164\uFFA0\u2800]/u

/**
 * Words of a person, on one line. Joiners, which Persian needs, and marks are letters like others; what would forge a
 * mail's line, show another name than it is, or nothing at all, is refused.
 */
export const words = z
  .string()
  .refine((text) => !UNSEEN.test(text) && text.isWellFormed(), 'holds characters that can’t be seen')
  .refine((text) => !LOOSE_JOINER.test(text), 'holds a joiner that joins nothing')
  .refine((text) => text === '' || SEEN.test(text), 'holds nothing that can be seen')

/** A moment, ISO 8601 in UTC. */
export const moment = z.iso.datetime()

/** An opaque token that we gave out: `fr_…`. */
export const token = z.string().min(20).max(200)

/** BCP 47, such as `en` or `fa`; however it is written, it is kept in its canonical form (`fa-ir` as `fa-IR`). */
export const language = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i)
  .refine((tag) => canonicalise(tag) !== undefined, 'is no language')
  .overwrite((tag) => canonicalise(tag) ?? tag)

function canonicalise(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    // It says by throwing that a tag is none.
    return undefined
  }
}

/** A person in one tenant. */
export const user = z.object({
  id: z.uuid(),
  email,
  /** Did they answer the mail that was sent there? */
  emailVerified: z.boolean(),
  name: z.string(),
  language: z.string(),
  roles: z.array(z.string()),
  createdAt: moment,
})

/** A user as their tenant sees them. */
export const tenantUser = user.extend({
  /** Does an admin demand a second factor of them? */
  mustHaveFactor: z.boolean(),
  state: z.enum(['active', 'suspended']),
  lastLoginAt: moment.nullable(),
})

/** All that is kept of a person: service → table → rows, by column. */
export const personalExport = z.object({
  exportedAt: moment,
  services: z.record(z.string(), rowsByTable),
})

/** A login, from its proof to its end. */
export const session = z.object({
  id: z.uuid(),
  /** Is it the one that asks? */
  current: z.boolean(),
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
  createdAt: moment,
  lastSeenAt: moment,
})

/** What a login or a refresh gives. */
export const tokens = z.object({
  /** JWT (EdDSA), for `Authorization: Bearer`. */
  accessToken: z.string(),
  /** Seconds until the access token expires. */
  expiresIn: z.int().positive(),
  /** Opaque, good for one refresh. */
  refreshToken: z.string(),
})

/** What a login gives whose user has a second factor: half of a login. */
export const secondStep = z.object({
  /** Opaque, good for five minutes and five tries. */
  mfaToken: z.string(),
  /** What may be sent with it. */
  kinds: z.array(z.enum(['totp', 'webauthn', 'recovery_code'])),
})

/** Six digits of an authenticator, or a recovery code; spaces and case don't matter. */
export const code = z.string().min(6).max(40)

/** A second factor, without its secret. */
export const factor = z.object({
  id: z.uuid(),
  kind: z.enum(['totp', 'webauthn']),
  name: z.string(),
  /** It counts from its first right code on. */
  verified: z.boolean(),
  createdAt: moment,
  lastUsedAt: moment.nullable(),
})

/** Somebody who was asked to join, and hasn't yet. */
export const invitation = z.object({
  id: z.uuid(),
  email,
  role: z.string(),
  expiresAt: moment,
  createdAt: moment,
})

/** Whom rows belong to. */
export const tenant = z.object({
  id: z.guid(),
  parentId: z.guid().nullable(),
  kind: z.enum(['platform', 'reseller', 'customer']),
  slug: z.string(),
  name: z.string(),
  state: z.enum(['active', 'suspended', 'closed']),
  createdAt: moment,
})

/** A key for a program, without the key itself. */
export const apiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The part that is shown. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  /** CIDR, a single address too (`/32`, `/128`); none: from anywhere. */
  allowedAddresses: z.array(z.string()),
  expiresAt: moment.nullable(),
  lastUsedAt: moment.nullable(),
  createdAt: moment,
})
