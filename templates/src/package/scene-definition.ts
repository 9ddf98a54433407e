import type { manifestSchema } from '@flatrender/contracts/template'
import type { z } from 'zod'
import type { Format } from '../../kit/format.ts'
import type { Layer } from '../../kit/layer.ts'
import type { Stretch } from '../../kit/write-animation.ts'

type ManifestInput = z.input<typeof manifestSchema>
type SceneInput = ManifestInput['scenes'][number]

/** A scene as its file declares it: what the manifest says about it, and how each format is drawn. */
export type SceneDefinition = Omit<SceneInput, 'animations' | 'duration'> & {
  duration?: SceneInput['duration']
  /** Length of the animation. */
  frames: number
  stretch: readonly Stretch[]
  /** Layers from back to front. */
  draw: (format: Format) => Layer[]
}

/** A font file, from the npm package that brings it. */
export type FontDefinition = {
  family: string
  style: string
  weight: number
  /** A module path such as `@fontsource/sora/files/sora-latin-700-normal.woff2`. */
  source: string
  licence: string
}

/** A file of the package that code makes: a picture, a sound, a video. */
export type MadeFile = { path: string; make: () => Uint8Array | Promise<Uint8Array> }

/** A template as its sources declare it. */
export type TemplateDefinition = Omit<
  ManifestInput,
  'flatrender' | 'fonts' | 'scenes' | 'formats' | 'samples'
> & {
  fonts: readonly FontDefinition[]
  scenes: readonly SceneDefinition[]
  files: readonly MadeFile[]
  /** Language → sample modifications. */
  samples: Readonly<Record<string, unknown>>
}
