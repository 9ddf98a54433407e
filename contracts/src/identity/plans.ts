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
}
