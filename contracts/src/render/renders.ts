import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { chosenOutputSchema, outputChoiceSchema } from './output.ts'
import { fault, lanes, metadata, render, renderProgress, renderStates, warning } from './values.ts'

const ofRender = z.object({ id: z.uuid() })
const tags = ['renders']
const idOrKey = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i)

/** What would come of a render. */
const dryRun = z.object({
  dryRun: z.literal(true),
  valid: z.boolean(),
  /**
   * What keeps it from being rendered, as far as can be seen: all values of the wrong shape, or where there are none all that
   * don’t suit the template; the first fault of each of webhook and output; where the story is right the first of its media, then
   * of its length and what compiling finds.
   */
  errors: z.array(fault),
  warnings: z.array(warning),
  /** How each text of a slot would be set. */
  texts: z.array(
    z.object({
      scene: z.string(),
      sceneIndex: z.int().nonnegative(),
      slot: z.string(),
      fits: z.enum(['fits', 'shrunk', 'overflows']),
      /** Percent of the designed size. */
      scale: z.number(),
      /** Letters that no font has. */
      missing: z.array(z.string()),
    }),
  ),
  output: chosenOutputSchema.nullable(),
  /** Frames of the video; null where they can't be told. */
  frames: z.int().positive().nullable(),
  /** How many of them are rendered already, from 0 to 1; null where it can't be told. */
  cachedShare: z.number().min(0).max(1).nullable(),
  cost: z.int().nonnegative().nullable(),
  /** Credits that there are for it. */
  available: z.int().nullable(),
  /** Seconds of work for one worker that are left; null where it can't be told. */
  estimatedSeconds: z.number().nonnegative().nullable(),
})

/** Videos that are made of templates. Members see their own, owners, admins and support all of their tenant. */
export const renders = {
  submit: procedure('renders:write')
    .route({
      method: 'POST',
      path: '/renders',
      successStatus: 202,
      summary: 'Render a video',
      description:
        'Its credits are reserved now and taken when the video is there. With an `Idempotency-Key` it is rendered once however often it is sent. The lane `preview` goes before all others, and takes a few seconds of a video alone: 10 at most, which `output.range` chooses, and 360p. `dryRun` looks at everything and makes nothing. Media are named by `src`: `file:` with the id of an uploaded file, an https address, or `package:` with a path in the template’s package.',
      tags,
    })
    .input(
      z.strictObject({
        /** Id or key of a template. */
        template: idOrKey,
        /** Such as `1.2.0`; the current one unless told. */
        version: z.string().max(50).optional(),
        /** Scenes in order with what stands in their slots, or values by `slot` or `scene.slot` alone. */
        modifications: z.record(z.string(), z.unknown()).default({}),
        output: outputChoiceSchema.default({ container: 'mp4' }),
        /** Where its end is told, by POST. */
        webhook: z
          .url({ protocol: /^https?$/ })
          .max(2000)
          .optional(),
        metadata: metadata.default({}),
        lane: z.enum(lanes).default('interactive'),
        dryRun: z.boolean().default(false),
      }),
    )
    .output(z.union([dryRun, render.extend({ dryRun: z.literal(false) })])),
  list: procedure('renders:read')
    .route({
      method: 'GET',
      path: '/renders',
      summary: 'List renders',
      description:
        'The newest first. `metadata` is `name:value`, and finds renders whose metadata have it. `next` is the `cursor` of the next page; null on the last.',
      tags,
    })
    .input(
      z.object({
        state: z.enum(renderStates).optional(),
        templateId: z.guid().optional(),
        metadata: z
          .string()
          .regex(/^[^:]{1,100}:/)
          .max(1101)
          .optional(),
        cursor: z.uuid().optional(),
        limit: z.coerce.number().int().min(1).max(100).default(50),
      }),
    )
    .output(z.object({ renders: z.array(render), next: z.uuid().nullable() })),
  show: procedure('renders:read')
    .route({ method: 'GET', path: '/renders/{id}', summary: 'How is this render?', tags })
    .input(ofRender)
    .output(render.extend({ modifications: z.record(z.string(), z.unknown()) })),
  cancel: procedure('renders:write')
    .route({
      method: 'POST',
      path: '/renders/{id}/cancel',
      summary: 'Cancel a render',
      description:
        'It costs nothing then. What others wait for too goes on. One that is cancelled already stays so.',
      tags,
    })
    .input(ofRender)
    .output(render),
  retry: procedure('renders:write')
    .route({
      method: 'POST',
      path: '/renders/{id}/retry',
      successStatus: 202,
      summary: 'Render it again',
      description:
        'A new render of the same request, for one that failed or was cancelled; what is rendered already is not rendered again.',
      tags,
    })
    .input(ofRender)
    .output(render),
  events: procedure('renders:read')
    .route({
      method: 'GET',
      path: '/renders/{id}/events',
      summary: 'Watch a render',
      description: 'Server-sent events: how far it is now, and whenever that changes, up to its end.',
      tags,
    })
    .input(ofRender)
    .output(eventIterator(renderProgress)),
}
