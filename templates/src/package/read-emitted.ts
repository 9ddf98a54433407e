import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Manifest, type ManifestScene, manifestSchema } from '@flatrender/contracts/template'
import type { JsonObject } from '../../kit/property.ts'

/** Folder of the committed packages. */
export const packagesFolder = join(import.meta.dirname, '../..')

/** A committed package's manifest, validated. */
export function readManifest(id: string): Manifest {
  return manifestSchema.parse(readJson(join(packagesFolder, id, 'flatrender.json')))
}

/** Every animation of a committed package. */
export function readAnimations(id: string): { scene: ManifestScene; format: string; json: JsonObject }[] {
  return readManifest(id).scenes.flatMap((scene) =>
    Object.entries(scene.animations).map(([format, path]) => ({
      scene,
      format,
      json: readJson(join(packagesFolder, id, path)) as JsonObject,
    })),
  )
}

/** Parsed JSON of a file. */
export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}
