import { z } from 'zod'
import { defineEvents } from './define-events.ts'

const ofFile = z.object({ fileId: z.guid() })

/** What the file service tells. */
export const fileEvents = defineEvents({
  'file.upload.completed': { summary: 'A file came, whole.', data: ofFile },
  'file.file.deleted': {
    summary: 'A file was deleted. Of a finished video, whoever has its object deletes that too.',
    data: ofFile.extend({ kind: z.string() }),
  },
})
