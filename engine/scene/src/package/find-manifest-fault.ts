import type { Manifest, ManifestScene } from '@flatrender/contracts/template'

/** A place in the manifest, as `scenes.0.id`, and what is wrong there. */
export interface ManifestFault {
  readonly path: string
  readonly reason: string
}

/** The first thing that the manifest's parts say against each other; each part alone is checked by its schema. */
export function findManifestFault(manifest: Manifest): ManifestFault | undefined {
  return [...findDoubles(manifest), ...findUnknown(manifest), ...manifest.scenes.flatMap(findInScene)][0]
}

function findDoubles(manifest: Manifest): ManifestFault[] {
  return (['scenes', 'transitions', 'presets'] as const).flatMap((list) => {
    const ids = manifest[list].map(({ id }) => id)
    return ids.flatMap((id, index) =>
      ids.indexOf(id) < index ? [{ path: `${list}.${index}.id`, reason: `“${id}” is taken already` }] : [],
    )
  })
}

function findUnknown({ formats, scenes, transitions, defaultTransition }: Manifest): ManifestFault[] {
  const faults: ManifestFault[] = []
  if (Object.keys(formats).length === 0) faults.push({ path: 'formats', reason: 'there is none' })
  const known = new Set(['cut', ...transitions.map(({ id }) => id)])
  const refuse = (path: string, id: string) => {
    if (!known.has(id)) faults.push({ path, reason: `there is no transition “${id}”` })
  }
  if (defaultTransition !== undefined) refuse('defaultTransition', defaultTransition)
  scenes.forEach(({ transitions: accepted = [], animations, id }, index) => {
    accepted.forEach((transition, place) => {
      refuse(`scenes.${index}.transitions.${place}`, transition)
    })
    for (const format of Object.keys(formats)) {
      if (animations[format] === undefined)
        faults.push({
          path: `scenes.${id}.animations`,
          reason: `there is no animation for the format ${format}`,
        })
    }
  })
  return faults
}

function findInScene({ duration, slots }: ManifestScene, index: number): ManifestFault[] {
  const faults: ManifestFault[] = []
  const { min = 0, max = 3600, default: wanted = Math.max(min, Math.min(1, max)) } = duration
  if (min > wanted || wanted > max)
    faults.push({ path: `scenes.${index}.duration`, reason: 'min, default and max are not in this order' })
  for (const [id, slot] of Object.entries(slots)) {
    const path = `scenes.${index}.slots.${id}`
    if (slot.type === 'choice' && !Object.hasOwn(slot.options, slot.default))
      faults.push({ path: `${path}.default`, reason: `“${slot.default}” is none of the options` })
    if (slot.type === 'text' && slot.minCharacters > slot.maxCharacters)
      faults.push({ path: `${path}.minCharacters`, reason: 'it is more than maxCharacters' })
    if (slot.type === 'number' && (slot.min ?? -Infinity) > (slot.max ?? Infinity))
      faults.push({ path: `${path}.min`, reason: 'it is more than max' })
  }
  return faults
}
