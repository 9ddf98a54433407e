import { z } from 'zod'
import { procedure } from '../call/procedure.ts'

/** Days that one answer tells of at most. */
const MOST_DAYS = 366
const DAY = 86_400_000

/** Of the years that there are: PostgreSQL knows no year 0. */
const day = z.iso.date().refine((text) => !text.startsWith('0000'), 'there is no year 0')

/** Days in UTC, both counted. */
const span = z.object({ from: day, to: day })

/** Is it a span, and not too long? */
const isBounded = ({ from, to }: z.infer<typeof span>) => {
  const days = (Date.parse(to) - Date.parse(from)) / DAY + 1
  return days >= 1 && days <= MOST_DAYS
}
const asked = `1 to ${MOST_DAYS} days, the first first`

const usageDay = z.object({
  day,
  apiRequests: z.int(),
  renders: z.int(),
  /** Length of the videos rendered. */
  renderSeconds: z.number(),
  creditsSpent: z.int(),
  storageBytes: z.int(),
  egressBytes: z.int(),
})

/** What was used, by day. */
export const usage = {
  show: procedure('tenants:read')
    .route({
      method: 'GET',
      path: '/usage',
      summary: 'What did this tenant use, day by day?',
      description:
        'Days are UTC’s, `from` and `to` included, at most 366; those without any use are left out. `accountId` picks the use of one account.',
      tags: ['usage'],
    })
    .input(span.extend({ accountId: z.guid().optional() }).refine(isBounded, asked))
    .output(z.object({ days: z.array(usageDay) })),
  showOf: procedure('tenants:read')
    .route({
      method: 'GET',
      path: '/tenants/{id}/usage',
      summary: 'What did a tenant right below this one use?',
      tags: ['usage'],
    })
    .input(span.extend({ id: z.guid() }).refine(isBounded, asked))
    .output(z.object({ days: z.array(usageDay) })),
}
