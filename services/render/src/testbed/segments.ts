import { createHash, randomUUID } from 'node:crypto'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import type { LeasedJob } from '@flatrender/contracts/node'
import { layOutHeader, SEGMENT_HASH_BYTES } from '@flatrender/engine-scene'
import { sql } from 'kysely'
import { BUILD, enqueue, probeJob, type TestNode } from './farm.ts'
import type { Testbed } from './open-testbed.ts'

/** Frames of a segment of a test. */
const SEGMENT_FRAMES = 3

/** A segment's file: a true header, and packets that nobody decodes. */
export function segmentFile(key: string, { frames = SEGMENT_FRAMES } = {}): Buffer {
  const header = layOutHeader({
    key,
    frames,
    thumbprints: {},
    parameters: {},
    packets: Array.from(
      { length: frames },
      (_, frame) => [frame, frame, 1, frame === 0 ? 1 : 0, 4, 0] as const,
    ),
  })
  return Buffer.concat([header, Buffer.alloc(4 * frames + SEGMENT_HASH_BYTES, 7)])
}

/** SHA-256, hexadecimal. */
export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Queues a job of one segment, with its row. */
export async function queueSegment(testbed: Testbed) {
  const id = randomUUID()
  const key = sha256(Buffer.from(id))
  const objectKey = `render/test/${key}`
  const [job] = await enqueue(
    testbed,
    probeJob({
      id,
      kind: 'frames',
      frames: SEGMENT_FRAMES,
      input: {
        kind: 'frames',
        template: null,
        media: [],
        lottie: { hash: key, bytes: 5, objectKey: 'render/test/lottie', extension: '.json' },
        piece: { name: 'intro', lottie: key, step: 1, checks: [], still: [] },
        settings: {
          codec: 'h264',
          width: 64,
          height: 64,
          fps: { num: 30, den: 1 },
          quality: 'draft',
          alpha: false,
        },
        background: null,
        verify: 'key',
        segments: [{ key, piece: 0, from: 0, to: SEGMENT_FRAMES, start: 0, objectKey }],
      },
    }),
  )
  await testbed.ask(sql`
    insert into render.segments (tenant_id, key, frames, arch, engine_build, state, frame_job_id, object_key)
    values (${DEFAULT_TENANT_ID}, decode(${key}, 'hex'), ${SEGMENT_FRAMES}, 'x64', ${BUILD}, 'rendering', ${id}, ${objectKey})`)
  return { job: job!, key, objectKey }
}

/** Reports that a segment was put; `packets`: what is said of them. */
export const reportSegment = (
  testbed: Testbed,
  node: TestNode,
  lease: LeasedJob,
  key: string,
  file: Buffer,
  packets = sha256(file),
) =>
  testbed.client.node.complete(
    {
      tenantId: lease.tenantId,
      jobId: lease.jobId,
      fence: lease.fence,
      workedMs: 5,
      result: {
        kind: 'frames',
        segments: [
          {
            key,
            hash: sha256(file),
            bytes: file.length,
            frames: SEGMENT_FRAMES,
            packets,
            repaired: [],
          },
        ],
      },
    },
    { context: node.context },
  )
