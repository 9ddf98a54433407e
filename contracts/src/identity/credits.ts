import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { moment, words } from './values.ts'

/** Credits that are given, promised or spent at once: far below what a number holds exactly. */
const amount = z.int().min(1).max(1_000_000_000_000)

/** What an act on credits is for, such as a render's id: asked for twice, it is done once. */
const reference = words.min(1).max(255)

/** Who has credits: a user where the tenant bills per user, else the tenant. */
const accountId = z.guid()

/** What an account has. */
const standing = z.object({
  accountId,
  balance: z.int(),
  /** Promised to work that hasn't ended. */
  reserved: z.int(),
  /** What may be spent. */
  available: z.int(),
})

/** A change of a balance. */
const entry = z.object({
  id: z.uuid(),
  kind: z.enum(['grant', 'settle', 'refund', 'expire', 'adjust']),
  amount: z.int(),
  balanceAfter: z.int(),
  reference: z.string(),
  reason: z.string().nullable(),
  createdAt: moment,
})

/** Credits promised to a piece of work. */
const reservation = z.object({
  accountId,
  reference,
  amount,
  state: z.enum(['held', 'settled', 'released', 'expired']),
  /** What the work cost; null unless it is settled. */
  settledAmount: z.int().nullable(),
  expiresAt: moment,
})

/** What rendering is paid with. Accounts are those of the tenant acted in. */
export const credits = {
  show: procedure('self:read')
    .route({
      method: 'GET',
      path: '/credits',
      summary: 'What have I to spend?',
      description: 'Of the whole tenant where it pays as one, else of the user.',
      tags: ['credits'],
    })
    .output(standing),
  listEntries: procedure('self:read')
    .route({
      method: 'GET',
      path: '/credits/entries',
      summary: 'List what changed my balance',
      description: 'The newest first. `next` is the `cursor` of the next page; null on the last.',
      tags: ['credits'],
    })
    .input(
      z.object({
        cursor: z.uuid().optional(),
        limit: z.coerce.number().int().min(1).max(100).default(50),
      }),
    )
    .output(z.object({ entries: z.array(entry), next: z.uuid().nullable() })),
  grant: procedure('credits:grant')
    .route({
      method: 'POST',
      path: '/credits/grants',
      successStatus: 201,
      summary: 'Grant credits to a tenant below this one, or to a user of this one',
      description:
        'A grant is named by its `reference`: sent again, it is made once. No customer grants itself credits.',
      tags: ['credits'],
    })
    .input(z.object({ accountId, amount, reference, reason: words.max(500).default('') }))
    .output(entry),
  /** Whose credits pay for the work of a user: the user's own or the tenant's. */
  accountOf: procedure('service')
    .input(z.object({ userId: z.uuid().nullable() }))
    .output(z.object({ accountId })),
  /** Could this be reserved now? */
  quote: procedure('service')
    .input(z.object({ accountId, amount }))
    .output(z.object({ enough: z.boolean(), available: z.int() })),
  /** Promises credits to a piece of work, until it ends or the time is over. */
  reserve: procedure('service')
    .input(
      z.object({
        accountId,
        reference,
        amount,
        expiresInSeconds: z
          .int()
          .min(1)
          .max(30 * 86_400),
      }),
    )
    .output(reservation),
  /**
   * Promises them for so much longer, counted from now; one that has expired meanwhile is promised again where the
   * account still has as much.
   */
  renew: procedure('service')
    .input(
      z.object({
        accountId,
        reference,
        expiresInSeconds: z
          .int()
          .min(1)
          .max(30 * 86_400),
      }),
    )
    .output(reservation),
  /** Promises a part of what is promised under another reference already to a piece of that work; asked again, once. */
  split: procedure('service')
    .input(
      z.object({
        accountId,
        from: reference,
        reference,
        amount,
        expiresInSeconds: z
          .int()
          .min(1)
          .max(30 * 86_400),
      }),
    )
    .output(reservation),
  /** Takes what the work cost; the rest of the reservation is free again. Work that cost nothing is released. */
  settle: procedure('service').input(z.object({ accountId, reference, amount })).output(reservation),
  /** Frees what was promised. */
  release: procedure('service').input(z.object({ accountId, reference })).output(reservation),
}
