import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { batch, batchRow, batchRowStates, batchStates } from './batch-values.ts'
import { outputChoiceSchema } from './output.ts'
import { lanes, METADATA_ENTRIES, metadata } from './values.ts'

const tags = ['batches']
const ofBatch = z.object({ id: z.uuid() })

/** Rows of one batch. */
const MOST_ROWS = 10_000
/** Bytes of a batch as it is sent: 1,600 for each of so many rows. */
const MOST_BYTES = 16 * 1024 ** 2

const modifications = z.record(z.string(), z.unknown()).default({})
const name = z.string().trim().min(1).max(200)

/** One video of a batch. */
const row = z.strictObject({
  /**
   * Laid over those of the batch: values by `slot` or `scene.slot` over its story one by one, `scenes` and other fields in
   * the place of its own.
   */
  modifications,
  /** Beside the batch’s. */
  metadata: metadata.default({}),
  /** Of its file in the archive, without ending; the row’s number unless told. */
  name: name.optional(),
})

/** Many videos of one template. Members see their own, owners, admins and support all of their tenant. */
export const batches = {
  submit: procedure('renders:write', { bodyLimit: MOST_BYTES })
    .route({
      method: 'POST',
      path: '/batches',
      successStatus: 202,
      summary: 'Render many videos of one template',
      description:
        'Each row becomes a render, a portion at a time; what rows share is painted once. A row that is wrong stops no other: `GET /batches/{id}/rows?state=refused` lists those, with code and remedy. With `allOrNothing` every row is looked at, and the credits and the plan’s minutes of all are reserved, before any is taken on. A batch takes half of the renders that an account may have under way, and leaves the rest to what is asked for meanwhile.',
      tags,
    })
    .input(
      z
        .strictObject({
          /** Id or key of a template. */
          template: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i),
          /** Such as `1.2.0`; the current one unless told. */
          version: z.string().max(50).optional(),
          /** For people. */
          name: name.optional(),
          /** What all rows share; a row’s own are laid over it. */
          modifications,
          output: outputChoiceSchema.default({ container: 'mp4' }),
          /** Where the end of each render is told by POST, and that of the batch. */
          webhook: z
            .url({ protocol: /^https?$/ })
            .max(2000)
            .optional(),
          /** Of the batch, and of each of its renders. */
          metadata: metadata.default({}),
          /** No preview: many are no look at one. */
          lane: z.enum(lanes).exclude(['preview']).default('batch'),
          /** Is nothing to be rendered if any row is wrong, or credits or the plan’s minutes don’t suffice for all? */
          allOrNothing: z.boolean().default(false),
          rows: z.array(row).min(1).max(MOST_ROWS),
        })
        .superRefine(({ metadata: shared, rows }, context) => {
          for (const [index, { metadata: own }] of rows.entries())
            if (Object.keys({ ...shared, ...own }).length > METADATA_ENTRIES)
              context.addIssue({
                code: 'custom',
                path: ['rows', index, 'metadata'],
                message: `holds more than ${METADATA_ENTRIES} entries with the batch’s`,
              })
        }),
    )
    .output(batch),
  list: procedure('renders:read')
    .route({
      method: 'GET',
      path: '/batches',
      summary: 'List batches',
      description:
        'The newest first. `metadata` is `name:value`, and finds batches whose metadata have it. `next` is the `cursor` of the next page; null on the last.',
      tags,
    })
    .input(
      z.object({
        state: z.enum(batchStates).optional(),
        templateId: z.guid().optional(),
        metadata: z
          .string()
          .regex(/^[^:]{1,100}:/)
          .max(1101)
          .optional(),
        cursor: z.uuid().optional(),
        limit: z.coerce.number().int().min(1).max(100).default(20),
      }),
    )
    .output(z.object({ batches: z.array(batch), next: z.uuid().nullable() })),
  show: procedure('renders:read')
    .route({ method: 'GET', path: '/batches/{id}', summary: 'How far is this batch?', tags })
    .input(ofBatch)
    .output(batch),
  listRows: procedure('renders:read')
    .route({
      method: 'GET',
      path: '/batches/{id}/rows',
      summary: 'What has become of each row?',
      description: 'By their numbers, from 1. `next` is the `cursor` of the next page; null on the last.',
      tags,
    })
    .input(
      ofBatch.extend({
        state: z.enum(batchRowStates).optional(),
        /** The last row of the page before. */
        cursor: z.coerce.number().int().min(0).max(MOST_ROWS).default(0),
        limit: z.coerce.number().int().min(1).max(1000).default(100),
      }),
    )
    .output(z.object({ rows: z.array(batchRow), next: z.int().nullable() })),
  cancel: procedure('renders:write')
    .route({
      method: 'POST',
      path: '/batches/{id}/cancel',
      summary: 'Cancel a batch',
      description:
        'What is not rendered by then costs nothing. It is `cancelling` until all of its renders have ended; one that is cancelled already stays so.',
      tags,
    })
    .input(ofBatch)
    .output(batch),
  events: procedure('renders:read')
    .route({
      method: 'GET',
      path: '/batches/{id}/events',
      summary: 'Watch a batch',
      description: 'Server-sent events: the batch as it is now, and whenever that changes, up to its end.',
      tags,
    })
    .input(ofBatch)
    .output(eventIterator(batch)),
  archive: procedure('renders:read')
    .route({
      method: 'GET',
      path: '/batches/{id}/archive',
      summary: 'Where do I get all files at once?',
      description:
        '`url` opens a ZIP of the files that are finished by now, to whoever has it, and begins to be good for nothing after an hour; a download that has begun goes on. It may be relative to this API’s own.',
      tags,
    })
    .input(ofBatch)
    .output(
      z.object({
        url: z.string(),
        urlExpiresAt: z.iso.datetime(),
        /** Files in it. */
        files: z.int().positive(),
        /** Of the whole ZIP. */
        bytes: z.int().positive(),
      }),
    ),
}
