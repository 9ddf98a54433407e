import { z } from 'zod'
import { procedure } from '../call/procedure.ts'

/** A text by language (BCP 47): `{ "en": "Free", "fa": "رایگان" }`. */
const localised = z.record(z.string(), z.string())

/** What an account may do, and what it costs. */
const plan = z.object({
  id: z.guid(),
  slug: z.string(),
  name: localised,
  description: localised,
  /** Is it what an account has without a subscription? */
  isDefault: z.boolean(),
  /** Length of the videos rendered; null: no limit but the credits. */
  monthlyMinutes: z.int().nullable(),
  monthlyCredits: z.int(),
  /** Resolution ceiling, of the short side. */
  maxShortSidePixels: z.int(),
  hasWatermark: z.boolean(),
  storageBytes: z.int(),
  concurrentRenders: z.int(),
  allowsApi: z.boolean(),
  maxBatchRows: z.int(),
  trialDays: z.int(),
  prices: z.array(
    z.object({
      currency: z.string(),
      interval: z.enum(['month', 'year']),
      /** In the smallest unit that is paid with: cents of USD, whole rials of IRR. */
      amountMinor: z.int(),
    }),
  ),
})

/** What a plan allows, for services that hold somebody to it. */
const allowance = plan
  .pick({
    id: true,
    slug: true,
    monthlyMinutes: true,
    maxShortSidePixels: true,
    hasWatermark: true,
    storageBytes: true,
    concurrentRenders: true,
    allowsApi: true,
    maxBatchRows: true,
  })
  .extend({
    /** Of two renders that wait, the higher goes first. */
    priority: z.int(),
  })

/** Somebody's place in the tenant acted in. */
const standing = z.object({
  /** Whose is what they make: the user, or who made the key; null: the tenant's own. */
  ownerId: z.uuid().nullable(),
  /** Who has plan, credits and quota: a user where the tenant bills per user, else the tenant. */
  accountId: z.guid(),
  /** Null where nothing is sold: then nothing is held to a plan. */
  plan: allowance.nullable(),
})
export type Standing = z.infer<typeof standing>

/** What is sold. */
export const plans = {
  list: procedure('anyone')
    .route({
      method: 'GET',
      path: '/plans',
      summary: 'What is sold here?',
      description:
        'The plans of this tenant or, where it sells none, of the nearest above that shares its own; in the order to show them.',
      tags: ['plans'],
    })
    .output(z.object({ plans: z.array(plan) })),
  /**
   * For whom somebody works, and what their plan allows. Both null for what comes from a tenant above, or from nobody.
   * Errors: CREDIT_ACCOUNT_UNKNOWN where users pay and nobody is named.
   */
  standingOf: procedure('service')
    .input(z.object({ userId: z.uuid().nullable(), keyId: z.uuid().nullable() }))
    .output(standing),
}
