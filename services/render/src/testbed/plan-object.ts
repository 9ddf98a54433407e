import { createHash, randomUUID } from 'node:crypto'
import { DEFAULT_TENANT_ID } from '@flatrender/contracts/call'
import type { PlanObject } from '../plans/plan-object.ts'

const tenantId = DEFAULT_TENANT_ID
const sha = (text: string) => createHash('sha256').update(text).digest('hex')

/** A plan of two pieces, each of two segments of 50 frames, which nobody else has. */
export function makePlanObject(name: string = randomUUID()): PlanObject {
  const file = { hash: sha(name), bytes: 1, objectKey: 'render/lottie', extension: '.json' }
  const piece = (index: number) => ({
    name: `scene ${index}`,
    lottie: file.hash,
    step: 1,
    checks: [],
    still: [],
  })
  const segment = (index: number) => {
    const [from, to] = index % 2 === 0 ? [0, 50] : [50, 100]
    return {
      key: sha(`${name} ${index}`),
      piece: Math.floor(index / 2),
      from: from!,
      to: to!,
      start: index * 50,
    }
  }
  return {
    version: 1,
    plan: {
      version: 1,
      engine: 'build x64',
      container: 'mp4',
      settings: {
        codec: 'h264',
        width: 640,
        height: 360,
        fps: { num: 25, den: 1 },
        quality: 'draft',
        alpha: false,
      },
      background: '#000000',
      frames: 200,
      pieces: [piece(0), piece(1)],
      segments: [0, 1, 2, 3].map(segment),
      audio: null,
    },
    sound: null,
    template: { contentHash: sha('template'), hash: sha('archive'), bytes: 1, objectKey: 'content/template' },
    pieces: [0, 1].map(() => ({ tenantId, lottie: file, media: [], packaged: false })),
    files: [],
  }
}
