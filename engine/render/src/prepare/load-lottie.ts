import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import { loadFallbacks } from '@flatrender/engine-fonts'
import {
  candidatePaths,
  compileLottie,
  type Lottie,
  listLottieTexts,
  openTextEngine,
  type PackageFiles,
  readLottie,
  requiredFallbacks,
  type SceneTextFit,
} from '@flatrender/engine-scene'

/** A plain Lottie file, compiled. */
export interface LoadedLottie {
  readonly lottie: Lottie
  readonly files: PackageFiles
  /** How its words came out. */
  readonly texts: readonly SceneTextFit[]
  /** Pictures that the animation names and that are not beside it. */
  readonly missing: readonly string[]
}

/** Reads and compiles a plain Lottie file with the pictures beside it. Errors: TEMPLATE_NOT_FOUND, LOTTIE_INVALID. */
export async function loadLottie(file: string): Promise<LoadedLottie> {
  const { lottie, files } = await readLottieFile(file)
  const engine = await openTextEngine()
  const fallbacks = await loadFallbacks(requiredFallbacks(listLottieTexts(lottie), []))
  const text = { fonts: [], fallbacks: fallbacks.map((source) => engine.openFont(source)) }
  const { lottie: compiled, texts, missing } = compileLottie({ lottie, file, files, text })
  const placed = texts.map((fit) => ({ ...fit, scene: 'animation', sceneIndex: 0 }))
  return { lottie: compiled, files, texts: placed, missing }
}

/** The animation as it is, and the pictures beside it. Errors: TEMPLATE_NOT_FOUND, LOTTIE_INVALID. */
export async function readLottieFile(file: string): Promise<{ lottie: Lottie; files: PackageFiles }> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new FlatRenderError('TEMPLATE_NOT_FOUND', { template: file }, { cause })
  })
  const lottie = readLottie(bytes, file)
  return { lottie, files: await readPictures(lottie, path.dirname(path.resolve(file))) }
}

/** Only what lies in the animation's own folder is read, whatever its paths say. */
async function readPictures(lottie: Lottie, folder: string): Promise<PackageFiles> {
  const files = new Map<string, Uint8Array>()
  for (const asset of lottie.assets ?? []) {
    if (asset.p === undefined || asset.p.startsWith('data:')) continue
    for (const candidate of candidatePaths(asset)) {
      const found = path.resolve(folder, candidate)
      if (!found.startsWith(folder + path.sep) || !(await isFile(found))) continue
      files.set(candidate, await readFile(found))
      break
    }
  }
  return files
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() === true
}
