import type { Client } from '@flatrender/contracts/call'
import type { contentContract } from '@flatrender/contracts/content'
import type { renderEvents } from '@flatrender/contracts/events'
import type { fileContract } from '@flatrender/contracts/file'
import type { identityContract } from '@flatrender/contracts/identity'
import type { SystemDatabase, TenantDatabase } from '@flatrender/platform/db'
import type { Outbound } from '@flatrender/platform/outbound'
import type { SecretKeys } from '@flatrender/platform/secrets'
import type { Storage } from '@flatrender/platform/storage'
import type { BatchName } from './batches/batch-name.ts'
import type { SeenBatch } from './batches/seen-batch.ts'
import { type Foresight, openForesight } from './compile/foresight.ts'
import { type Compiler, openCompiler } from './compile/open-compiler.ts'
import { type RenderConfig, renderConfig } from './config.ts'
import { MOST_ATTEMPTS } from './frame-jobs/frame-job-state.ts'
import { leaseRows } from './frame-jobs/frame-jobs-system-store.ts'
import { openGather } from './frame-jobs/gather.ts'
import { type LeaseQueue, openLeaseQueue } from './frame-jobs/lease-queue.ts'
import { BELL } from './frame-jobs/ring-bell-system-store.ts'
import { type KnownNodes, openKnownNodes } from './nodes/known-nodes.ts'
import { findNodesById } from './nodes/nodes-system-store.ts'
import { openTemplateShelf, type TemplateShelf } from './plans/template-shelf.ts'
import { openOneAfterAnother } from './renders/one-after-another.ts'
import { MOVED, openWatch, type Watch } from './renders/open-watch.ts'
import type { RenderName } from './renders/render-name.ts'
import type { SeenRender } from './renders/seen-render.ts'
import type { AnyTransaction, Tables } from './tables.ts'

/** Something that happened. The data are ids and small facts. */
export interface RenderEvent {
  readonly type: keyof typeof renderEvents
  readonly tenantId: string
  /** Id of the row that it is about. */
  readonly subject: string
  readonly data: Readonly<Record<string, unknown>>
}

/** All that the render service needs from outside. */
export interface RenderDeps {
  readonly database: TenantDatabase<Tables>
  readonly system: SystemDatabase<Tables>
  /** Where segments, snapshots, inputs and exports are: under `render/`. */
  readonly storage: Storage
  readonly secretKeys: SecretKeys
  /** Who pays, what their plan allows, and whom tenants want to be told. */
  readonly identity: Pick<Client<typeof identityContract>, 'plans' | 'credits' | 'webhooks'>
  /** Templates and their packages. */
  readonly content: Client<typeof contentContract>
  /** People's files, as far as renders need them. */
  readonly files: Pick<Client<typeof fileContract>, 'files'>
  /** The way to media that stand elsewhere. */
  readonly outbound: Outbound
  /** Writes an event in the transaction in which it happens; gives its id. */
  readonly emit: (transaction: AnyTransaction, event: RenderEvent) => Promise<string>
  /** Where the API is for whoever gets an address of it, with its prefix. */
  readonly apiUrl: string
  /** Of FlatRender: nodes must be of the same. */
  readonly version: string
  /** What is not as usual. */
  readonly config?: Partial<RenderConfig>
  /** Hears of failures that nobody asked about, and where they were. */
  readonly report?: (error: unknown, where: string) => void
}

/** What use cases stand on: all that came from outside, and what the service keeps while it runs. */
export interface Render extends Omit<RenderDeps, 'config'> {
  readonly config: RenderConfig
  readonly templates: TemplateShelf
  /** Compiles what will be rendered. */
  readonly compiler: Foresight
  /** Compiles what is only asked about, which costs nothing: a thread of its own, and one question of an account at a time. */
  readonly trialCompiler: Compiler
  readonly tryInTurn: ReturnType<typeof openOneAfterAnother>
  /** Who watches renders in this process. */
  readonly watch: Watch<RenderName, SeenRender>
  /** Who watches batches. */
  readonly batchWatch: Watch<BatchName, SeenBatch>
  /** Nodes that wait for work in this process. */
  readonly leases: LeaseQueue
  /** Nodes as they were a moment ago. */
  readonly knownNodes: KnownNodes
}

/** Milliseconds between two looks at batches: each counts all rows. */
const BATCH_PAUSE = 2000
/** Nodes that one question looks up. */
const NODES_TOGETHER = 64

/** Adds to what came from outside what the service keeps while it runs. */
export function openRender(deps: RenderDeps): Render {
  const config = renderConfig.parse(deps.config ?? {})
  const { leaseSeconds, ageingSeconds, silenceSeconds } = config
  const terms = { leaseSeconds, ageingSeconds, silenceSeconds, mostAttempts: MOST_ATTEMPTS }
  return {
    ...deps,
    config,
    templates: openTemplateShelf(deps.storage),
    compiler: openForesight(openCompiler()),
    trialCompiler: openCompiler(),
    tryInTurn: openOneAfterAnother(),
    watch: openWatch<RenderName, SeenRender>({
      idOf: ({ renderId }) => renderId,
      listen: (heard) => deps.system.listen(MOVED, heard),
    }),
    batchWatch: openWatch<BatchName, SeenBatch>({ idOf: ({ batchId }) => batchId, pause: BATCH_PAUSE }),
    knownNodes: openKnownNodes(
      openGather((nodeIds) => deps.system.ask((transaction) => findNodesById(transaction, nodeIds)), {
        atOnce: 1,
        most: NODES_TOGETHER,
        weigh: () => 1,
      }),
      // Who beats is known until the next beat, and a little longer.
      config.heartbeatSeconds * 1.5,
    ),
    leases: openLeaseQueue(
      (wishes) => deps.system.ask((transaction) => leaseRows(transaction, wishes, terms)),
      (ring) => deps.system.listen(BELL, ring),
    ),
  }
}
