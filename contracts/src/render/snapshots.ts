import { z } from 'zod'
import { procedure } from '../call/procedure.ts'
import { formatNameSchema } from '../template/names.ts'
import { fault } from './values.ts'

const tags = ['snapshots']
const side = z.int().min(16).max(3840)

/** One picture of a scene, and how far it is. */
const snapshot = z.object({
  id: z.uuid(),
  /** `preparing`: files are looked at and the scene is compiled; `painting`: a node has it, or will. */
  state: z.enum(['preparing', 'painting', 'ready', 'failed']),
  /** Pixels. */
  width: side,
  height: side,
  type: z.enum(['png', 'webp']),
  bytes: z.int().positive().nullable(),
  /** SHA-256 in hexadecimal. */
  sha256: z.string().nullable(),
  /** Opens it for an hour, to whoever has it; null unless it is ready. It may be relative to this API’s own. */
  url: z.string().nullable(),
  urlExpiresAt: z.iso.datetime().nullable(),
  /** Why there is no picture; null unless it failed. */
  failure: fault.nullable(),
  createdAt: z.iso.datetime(),
})
export type SnapshotView = z.infer<typeof snapshot>

/** Single pictures of scenes, painted ahead of all renders. */
export const snapshots = {
  submit: procedure('renders:write')
    .route({
      method: 'POST',
      path: '/snapshots',
      successStatus: 202,
      outputStructure: 'detailed',
      summary: 'Paint one picture of a scene',
      description:
        'Where the same picture was asked for before it is `ready` at once, with 200; while it is on its way the answer is 202: ask again, or for its id. The same request always names the same snapshot. It costs nothing.',
      tags,
    })
    .input(
      z.strictObject({
        /** Id or key of a template. */
        template: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i),
        /** Such as `1.2.0`; the current one unless told. */
        version: z.string().max(50).optional(),
        /** As of a render; what doesn’t concern the scene is passed over. */
        modifications: z.record(z.string(), z.unknown()).default({}),
        /** Id of the scene: of several the story’s first; one that the story lacks is shown as it was designed. */
        scene: z.string().min(1).max(100),
        /** Of the animation as it was designed, from 0; the scene’s snapshot frame unless told. */
        frame: z.int().nonnegative().max(1_000_000).optional(),
        /** Shape, such as `9:16`; the template’s first unless told. */
        format: formatNameSchema.optional(),
        /** Pixels; the height follows. The template’s own unless told, but no larger than the plan allows. */
        width: side.optional(),
        type: z.enum(['png', 'webp']).default('png'),
        /** Without it, the scene lies on black, as in a video. */
        transparent: z.boolean().default(false),
      }),
    )
    .output(
      z.union([
        z.object({ status: z.literal(200).describe('It is there, or failed'), body: snapshot }),
        z.object({ status: z.literal(202).describe('It is on its way'), body: snapshot }),
      ]),
    ),
  show: procedure('renders:read')
    .route({ method: 'GET', path: '/snapshots/{id}', summary: 'Is this picture ready?', tags })
    .input(z.object({ id: z.uuid() }))
    .output(snapshot),
}
