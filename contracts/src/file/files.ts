import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { file, fileBytes, fileKinds, fileName, mediaType, sha256 } from './values.ts'

const ofFile = z.object({ id: z.guid() })

/** On whose behalf a service asks: of a user whose own files alone are meant, or of all of the tenant's. */
const sight = z.object({
  /** Does the actor see the whole tenant's files? */
  all: z.boolean(),
  /** Else the user whose files they see; null: those that are the tenant's own. */
  ownerId: z.uuid().nullable(),
})

/** A row of another service that needs a file. */
const user = z.object({
  service: z.string().regex(/^[a-z]+$/),
  /** Its table, in the service's schema. */
  noun: z.string().regex(/^[a-z]+(_[a-z]+)*$/),
  id: z.uuid(),
})

/** People's files and finished videos. Members see their own, those who run the tenant all. */
export const files = {
  list: procedure('files:read')
    .route({
      method: 'GET',
      path: '/files',
      summary: 'List the files',
      description: 'The newest first. `next` is the `cursor` of the next page; null on the last.',
      tags: ['files'],
    })
    .input(
      z.object({
        kind: z.enum(fileKinds).optional(),
        cursor: z.guid().optional(),
        limit: z.coerce.number().int().min(1).max(100).default(50),
      }),
    )
    .output(z.object({ files: z.array(file), next: z.guid().nullable() })),
  show: procedure('files:read')
    .route({
      method: 'GET',
      path: '/files/{id}',
      summary: 'Where do I get this file?',
      description:
        'An address that opens it for an hour, to whoever has it. It may be relative to this API’s own.',
      tags: ['files'],
    })
    .input(ofFile)
    .output(file.extend({ url: z.string(), expiresAt: z.iso.datetime() })),
  delete: procedure('files:write')
    .route({ method: 'DELETE', path: '/files/{id}', summary: 'Delete a file', tags: ['files'] })
    .input(ofFile)
    .output(z.object({})),
  quota: procedure('files:read')
    .route({
      method: 'GET',
      path: '/files-quota',
      summary: 'How much may I store?',
      description: 'Of the whole tenant where it pays as one, else of the user.',
      tags: ['files'],
    })
    .output(
      z.object({
        /** Null: no limit. */
        limitBytes: z.int().nullable(),
        /** Of files, finished videos too. */
        usedBytes: z.int(),
        /** Of uploads that haven't ended. */
        reservedBytes: z.int(),
      }),
    ),
  /** Where a file is stored, for services that read the storage themselves. Errors: FILE_UNKNOWN. */
  inputOf: procedure('service')
    .input(ofFile.extend(sight.shape))
    .output(
      z.object({
        storageKey: z.string(),
        sha256,
        bytes: fileBytes,
        contentType: z.string(),
        name: z.string(),
      }),
    ),
  /**
   * Says that a row needs a file, so that it is not deleted under it; said again, it counts once. Errors: FILE_UNKNOWN for
   * one that is gone.
   */
  reference: procedure('service')
    .input(ofFile.extend({ by: user }))
    .output(z.object({})),
  /** Says that a row needs no file any more. */
  unreference: procedure('service')
    .input(z.object({ by: user }))
    .output(z.object({})),
  /**
   * Lists a finished video among the files of whom it is for; its object stays the caller's. It counts in the account's
   * storage, and is never refused. With an id that is known nothing is done.
   */
  registerExport: procedure('service')
    .input(
      z.object({
        /** The caller's own id of it: the file's too. */
        id: z.uuid(),
        ownerId: z.uuid().nullable(),
        accountId: z.guid(),
        name: fileName,
        contentType: mediaType,
        bytes: z.int().min(0),
        sha256,
        storageKey: z.string().min(1).max(800),
      }),
    )
    .output(z.object({ fileId: z.guid() })),
  /** Takes a finished video off the files, because its object is gone or about to go. One that is off them already stays so. */
  forgetExport: procedure('service')
    .input(z.object({ id: z.uuid() }))
    .output(z.object({})),
}
