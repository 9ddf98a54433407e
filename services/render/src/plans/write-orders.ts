import type { PlannedSegment, SoundPlan } from '@flatrender/contracts/engine'
import { keyOfSound } from './key-of-sound.ts'
import { orderFile, type PlanObject } from './plan-object.ts'

/** A segment that is to be painted, and where it will lie. */
export interface OrderedSegment extends PlannedSegment {
  readonly objectKey: string
}

/** What a node is told of consecutive segments of one piece; addresses are storage keys, to be signed when it is leased. */
export function writeFramesOrder(
  object: PlanObject,
  segments: readonly OrderedSegment[],
): Readonly<Record<string, unknown>> {
  const { plan, template } = object
  const index = segments[0]!.piece
  const { lottie, media, packaged } = object.pieces[index]!
  return {
    kind: 'frames',
    template: packaged ? template : null,
    media: media.map((hash) => orderFile(object, hash)),
    lottie,
    piece: plan.pieces[index],
    settings: plan.settings,
    background: plan.background,
    verify: 'key',
    segments,
  }
}

/** What a node is told to mix. */
export function writeSoundOrder(
  object: PlanObject & { readonly sound: SoundPlan },
  { key, objectKey }: { readonly key: string; readonly objectKey: string },
): Readonly<Record<string, unknown>> {
  const { plan, sound, template } = object
  const known = new Set(object.files.map(({ hash }) => hash))
  const heard = [...new Set(sound.tracks.map(({ hash }) => hash))]
  return {
    kind: 'sound',
    key,
    plan: sound,
    container: plan.container,
    engine: plan.engine,
    template: heard.every((hash) => known.has(hash)) ? null : template,
    media: heard.filter((hash) => known.has(hash)).map((hash) => orderFile(object, hash)),
    objectKey,
  }
}

/** What a node is told to join. */
export function writeAssembleOrder(
  object: PlanObject,
  segments: ReadonlyMap<
    string,
    { readonly hash: string; readonly bytes: number; readonly objectKey: string }
  >,
  objectKey: string,
): Readonly<Record<string, unknown>> {
  const { plan } = object
  const sound = keyOfSound(object)
  return {
    kind: 'assemble',
    plan,
    segments: [...segments]
      .filter(([key]) => key !== sound)
      .map(([key, { hash, bytes, objectKey: place }]) => ({ key, hash, bytes, objectKey: place })),
    sound: sound === undefined ? null : segments.get(sound)!,
    objectKey,
  }
}
