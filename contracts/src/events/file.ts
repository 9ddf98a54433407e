import { z } from 'zod'
import { actSchema } from './act.ts'
import { defineEvents } from './define-events.ts'

const ofFile = z.object({ fileId: z.guid() })

/** What the file service tells. */
export const fileEvents = defineEvents({
  'file.act.recorded': { summary: 'Somebody did what the audit log is to hold.', data: actSchema },
  'file.upload.completed': { summary: 'A file came, whole.', data: ofFile },
  'file.file.deleted': {
    summary: 'A file was deleted. Of a finished video, whoever has its object deletes that too.',
    data: ofFile.extend({ kind: z.string() }),
  },
})
