import type { ManifestScene } from '@flatrender/contracts/template'
import type { Lottie } from '../lottie/lottie-json.ts'
import type { PackageFiles } from '../package/template-package.ts'
import type { ResolvedScene } from '../story/story.ts'
import { findMissingAssets } from './bind-packaged-assets.ts'
import { type CompiledScene, compileScene } from './compile-scene.ts'
import type { TextSetting } from './place-text.ts'

/** A plain animation and the pictures beside it. */
export interface LottieSource {
  /** As it was read, to be changed. */
  readonly lottie: Lottie
  /** Its path, for errors. */
  readonly file: string
  readonly files: PackageFiles
  readonly text: TextSetting
}

/**
 * Compiles a plain Lottie file as if it were a scene without slots: its words are laid out, its pictures named by
 * content. Pictures that are not there stay unpainted and are named in `missing`. Errors: FONT_MISSING,
 * TEMPLATE_REFERENCE_OUTSIDE.
 */
export function compileLottie({
  lottie,
  file,
  files,
  text,
}: LottieSource): CompiledScene & { missing: readonly string[] } {
  const missing = findMissingAssets(lottie, files)
  const assets = (lottie.assets ?? []).filter(({ id }) => !missing.some((asset) => asset.id === id))
  const length = lottie.op - lottie.ip
  const span = { from: 0, to: length, innerFrom: lottie.ip, innerTo: lottie.op }
  const compiled = compileScene({
    lottie: { ...lottie, assets },
    file,
    files,
    resolved: RESOLVED,
    palette: {},
    media: new Map(),
    clock: { frames: Math.ceil(length), step: 1, fps: lottie.fr, map: { length, spans: [span] } },
    text,
  })
  return { ...compiled, missing: missing.map(({ id, p }) => p ?? id) }
}

const SCENE: ManifestScene = {
  id: 'animation',
  name: { en: 'Animation' },
  animations: {},
  duration: { follows: 'nothing' },
  snapshotFrame: 0,
  slots: {},
  cues: [],
}

const RESOLVED: ResolvedScene = {
  index: 0,
  scene: SCENE,
  values: new Map(),
  duration: undefined,
  transition: undefined,
  voiceover: undefined,
}
