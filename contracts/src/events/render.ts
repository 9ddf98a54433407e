import { z } from 'zod'
import { actSchema } from './act.ts'
import { defineEvents } from './define-events.ts'

const ofNode = z.object({ nodeId: z.guid() })
const ofRender = z.object({ renderId: z.guid() })
const ofBatch = z.object({ batchId: z.guid() })

/** What the render service tells. */
export const renderEvents = defineEvents({
  'render.job.submitted': { summary: 'A video is to be rendered.', data: ofRender },
  'render.job.succeeded': {
    summary: 'A video is there.',
    data: ofRender.extend({ exportId: z.guid() }),
  },
  'render.job.failed': {
    summary: 'A video could not be rendered; it costs nothing.',
    data: ofRender.extend({ code: z.string() }),
  },
  'render.job.cancelled': { summary: 'A render was cancelled; it costs nothing.', data: ofRender },
  'render.batch.submitted': { summary: 'Many videos are to be rendered.', data: ofBatch },
  'render.batch.finished': {
    summary: 'Nothing of a batch is left to be done, however it ended.',
    data: ofBatch.extend({ state: z.enum(['succeeded', 'failed', 'cancelled']) }),
  },
  'render.export.ready': {
    summary: 'A file that had expired is there again.',
    data: ofRender.extend({ exportId: z.guid() }),
  },
  'render.export.expired': {
    summary: 'A finished file was removed, for its time is over; it can be made again.',
    data: ofRender.extend({ exportId: z.guid() }),
  },
  'render.snapshot.requested': {
    summary: 'Somebody asked for a picture of a scene that is not there.',
    data: z.object({ snapshotId: z.guid() }),
  },
  'render.act.recorded': { summary: 'Somebody did what the audit log is to hold.', data: actSchema },
  'render.node.created': { summary: 'A token was made that enrols a render node.', data: ofNode },
  'render.node.enrolled': { summary: 'A machine has become a render node.', data: ofNode },
  'render.node.quarantined': {
    summary: 'A render node failed out of proportion, or painted what others did not.',
    data: ofNode,
  },
  'render.node.retired': { summary: 'A machine is a render node no more.', data: ofNode },
})
