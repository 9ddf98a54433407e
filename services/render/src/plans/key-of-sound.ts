import { hashJson } from '@flatrender/engine-scene'
import type { PlanObject } from './plan-object.ts'

/** Under which key a render's mixed sound is kept: all that can change a bit of it. Undefined where there is none. */
export function keyOfSound({ plan, sound }: Pick<PlanObject, 'plan' | 'sound'>): string | undefined {
  if (sound === null) return undefined
  const { engine, container } = plan
  return hashJson({ sound, engine, container })
}

/**
 * Under whom a render's mixed sound is kept: whoever publishes the template, where all that is seen and heard is theirs, so
 * that it is mixed once for all; else the render's own tenant.
 */
export function keeperOfSound(
  { pieces, files }: Pick<PlanObject, 'pieces' | 'files'>,
  tenantId: string,
): string {
  const keepers = new Set([...pieces, ...files].map((one) => one.tenantId))
  const [keeper = tenantId] = keepers
  return keepers.size === 1 ? keeper : tenantId
}
