import { randomUUID } from 'node:crypto'
import type { PlanObject } from '../plans/plan-object.ts'
import { writeSoundOrder } from '../plans/write-orders.ts'

/** Learned milliseconds of mixing and encoding a second of sound; and bytes of memory that it takes. */
const [MS_PER_SECOND, MEMORY] = [80, 512 * 1024 ** 2]

/** What is a sound's own of the job that mixes it. `place` says where the file of a job will lie. */
export function newSoundJob(object: PlanObject, key: string, place: (id: string) => string) {
  const id = randomUUID()
  const { sound } = object
  if (sound === null) throw new Error('silence is not mixed')
  return {
    id,
    kind: 'sound' as const,
    neededMemoryBytes: MEMORY,
    frames: 0,
    estimatedMs: Math.ceil(sound.seconds * MS_PER_SECOND),
    input: writeSoundOrder({ ...object, sound }, { key, objectKey: place(id) }),
  }
}
