import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { renderExport } from './values.ts'

const ofExport = z.object({ id: z.uuid() })
const tags = ['exports']

/** Finished files. */
export const exports = {
  show: procedure('renders:read')
    .route({
      method: 'GET',
      path: '/exports/{id}',
      summary: 'Where do I get this file?',
      description:
        '`url` opens it for an hour, to whoever has it; null unless the file is ready. It may be relative to this API’s own.',
      tags,
    })
    .input(ofExport)
    .output(renderExport.extend({ url: z.string().nullable(), urlExpiresAt: z.iso.datetime().nullable() })),
  recreate: procedure('renders:write')
    .route({
      method: 'POST',
      path: '/exports/{id}/recreate',
      successStatus: 202,
      summary: 'Make an expired file again',
      description: 'Of what is still rendered; only what is gone is rendered again. It costs nothing.',
      tags,
    })
    .input(ofExport)
    .output(renderExport),
}
