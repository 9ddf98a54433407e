import { z } from 'zod'
import { defineEvents } from './define-events.ts'

const id = z.guid()

/** What the content service tells. */
export const contentEvents = defineEvents({
  'content.template.published': {
    summary: 'A version of a template was published.',
    data: z.object({ templateId: id, versionId: id }),
  },
})
