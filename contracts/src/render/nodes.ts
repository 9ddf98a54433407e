import { z } from 'zod'
import { actorSchema } from '../call/actor.ts'
import { procedure } from '../call/procedure.ts'
import { words } from '../identity/values.ts'
import { nodeDescriptionSchema, nodeHealthSchema, nodeWishSchema } from '../node/node.ts'
import { nodeOrderSchema } from '../node/orders.ts'

const moment = z.iso.datetime()
const ofNode = z.object({ id: z.uuid() })

/** A render node, as those see it who run the installation. */
const node = z.object({
  id: z.uuid(),
  name: z.string(),
  /** `offline`: nothing was heard of it for a minute. `quarantined`: it failed out of proportion; `reason` says how. */
  state: z.enum(['offline', 'online', 'draining', 'paused', 'quarantined', 'retired']),
  /** What is wanted of it, also once an offline one is back: until it is resumed a drained or paused node gets nothing. */
  wish: nodeWishSchema,
  reason: z.string().nullable(),
  enrolled: z.boolean(),
  version: z.string().nullable(),
  engineBuild: z.string().nullable(),
  platform: z.string().nullable(),
  arch: z.string().nullable(),
  cores: z.int().nullable(),
  memoryBytes: z.int().nullable(),
  workers: z.int().nullable(),
  onlyWhenIdle: z.boolean(),
  /** Frame jobs that it holds now. */
  running: z.int(),
  lastSeenAt: moment.nullable(),
  createdAt: moment,
})

/** A worker's death, or a node's. */
const crash = z.object({
  id: z.uuid(),
  kind: z.enum(['died', 'stuck', 'out_of_memory', 'node_lost']),
  frameJobId: z.uuid().nullable(),
  attempt: z.int().nullable(),
  signal: z.string().nullable(),
  exitCode: z.int().nullable(),
  piece: z.string().nullable(),
  frame: z.int().nullable(),
  rssBytes: z.int().nullable(),
  engineBuild: z.string(),
  lastLines: z.string(),
  crashedAt: moment,
})

const act = (verb: string, summary: string, description?: string) =>
  procedure('nodes:write')
    .route({
      method: 'POST',
      path: `/nodes/{id}/${verb}`,
      summary,
      ...(description !== undefined && { description }),
      tags: ['nodes'],
    })
    .input(ofNode)
    .output(node)

/** The machines of the farm. They are the installation's: the default tenant's alone. */
export const nodes = {
  create: procedure('nodes:write')
    .route({
      method: 'POST',
      path: '/nodes',
      successStatus: 201,
      summary: 'Let a machine become a render node',
      description:
        'The token is in this answer alone. It enrols one node, once, within an hour: `flatrender node start --server URL --token TOKEN`.',
      tags: ['nodes'],
    })
    .input(z.object({ name: words.min(1).max(120) }))
    .output(node.extend({ token: z.string(), tokenExpiresAt: moment })),
  list: procedure('nodes:read')
    .route({ method: 'GET', path: '/nodes', summary: 'Which render nodes are there?', tags: ['nodes'] })
    .output(z.object({ nodes: z.array(node) })),
  show: procedure('nodes:read')
    .route({
      method: 'GET',
      path: '/nodes/{id}',
      summary: 'How does a render node fare?',
      description: 'With what it last said of its machine, newest first, and its last crashes.',
      tags: ['nodes'],
    })
    .input(ofNode)
    .output(
      node.extend({
        health: z.array(nodeHealthSchema.extend({ reportedAt: moment, running: z.int() })),
        crashes: z.array(crash),
      }),
    ),
  replay: procedure('nodes:write')
    .route({
      method: 'GET',
      path: '/nodes/crashes/{id}',
      summary: 'What reproduces a worker’s death?',
      description:
        'The order that was given, with addresses of its inputs that are good for some hours; `flatrender node replay CRASH` runs it again.',
      tags: ['nodes'],
    })
    .input(ofNode)
    .output(crash.extend({ nodeId: z.uuid(), order: nodeOrderSchema })),
  drain: act('drain', 'Let a node finish what it has, and give it nothing more until it is resumed'),
  pause: act('pause', 'Give a node nothing until it is resumed'),
  resume: act('resume', 'Give a node work again', 'Also after it was quarantined.'),
  retire: act(
    'retire',
    'Let a machine be a node no more',
    'What it holds goes to others at once. It is not believed any more; to come back it must be enrolled anew.',
  ),
  /** Who has signed this token? Errors: NODE_UNKNOWN, NODE_SIGNATURE_STALE. */
  identify: procedure('service')
    .input(z.object({ token: z.string().max(4000) }))
    .output(z.object({ actor: actorSchema })),
  /** Makes the node of this very process known by its public key (base64url), without a token; again, it is the same one. */
  enrolLocal: procedure('service')
    .input(
      z.object({
        name: words.min(1).max(120),
        publicKey: z.string().regex(/^[\w-]{43}$/),
        description: nodeDescriptionSchema,
      }),
    )
    .output(z.object({ nodeId: z.uuid(), name: z.string() })),
}
