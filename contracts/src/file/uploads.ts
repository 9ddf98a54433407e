import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { file, fileBytes, fileName, mediaType, sha256 } from './values.ts'

/** Files on their way in. */
export const uploads = {
  create: procedure('files:write')
    .route({
      method: 'POST',
      path: '/files/uploads',
      successStatus: 201,
      summary: 'Begin to upload a file',
      description:
        'The answer has an address: send the bytes there by PUT, within a day, then complete the upload. Room for them is reserved until then.',
      tags: ['files'],
    })
    .input(
      z.object({
        name: fileName,
        bytes: fileBytes,
        /** Unless it is told, whatever came is taken, as long as it has so many bytes. */
        sha256: sha256.optional(),
        contentType: mediaType.default('application/octet-stream'),
      }),
    )
    .output(
      z.object({
        id: z.guid(),
        fileId: z.guid(),
        /** Where the bytes go, by PUT. It may be relative to this API's own. */
        url: z.string(),
        expiresAt: z.iso.datetime(),
      }),
    ),
  complete: procedure('files:write')
    .route({
      method: 'POST',
      path: '/files/uploads/{id}/complete',
      summary: 'Complete an upload',
      description:
        'Looks at what came, and makes a file of it. Done again, it gives the same file. What is not as announced can be sent again.',
      tags: ['files'],
    })
    .input(z.object({ id: z.guid() }))
    .output(file),
}
