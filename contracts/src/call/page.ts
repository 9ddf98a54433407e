import { z } from 'zod'

/** Which part of a list is asked for: the first `limit` rows after the one named. */
export const pageInput = z.object({
  /** `next` of the page before. */
  cursor: z.guid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type Page = z.infer<typeof pageInput>

/** Where the next page begins; null on the last. */
export const nextPage = z.guid().nullable()
