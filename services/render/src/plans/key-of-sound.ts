import { hashJson } from '@flatrender/engine-scene'
import type { PlanObject } from './plan-object.ts'

/** Under which key a render's mixed sound is kept: all that can change a bit of it. Undefined where there is none. */
export function keyOfSound({ plan, sound }: Pick<PlanObject, 'plan' | 'sound'>): string | undefined {
  if (sound === null) return undefined
  const { engine, container } = plan
  return hashJson({ sound, engine, container })
}
