import type {
  Crop,
  DigitStyle,
  FocalPoint,
  ManifestScene,
  Sound,
  TextAlignment,
  TextDirection,
  Transition,
  Watermark,
} from '@flatrender/contracts/template'

/** A slot's value with nothing left to look up: defaults filled in, type checked. */
export type ResolvedValue =
  | TextValueResolved
  | PictureValue
  | ColorValue
  | NumberValue
  | BooleanValue
  | ChoiceValue

/** Words of a text slot; what is absent follows the slot and the design. */
export interface TextValueResolved {
  readonly type: 'text'
  readonly text: string
  readonly alignment?: TextAlignment
  readonly direction?: TextDirection
  readonly digits?: DigitStyle
}

/** A picture or video in an image or media slot. */
export interface PictureValue {
  readonly type: 'picture'
  readonly src: string
  readonly fit: 'cover' | 'contain'
  readonly focal: FocalPoint
  readonly crop?: Crop
  /** Spans of a video, seconds of the source. */
  readonly trims?: readonly { readonly start: number; readonly end: number }[]
  readonly speed: number
  readonly volume: number
  readonly loop: boolean
}

/** A colour slot's value: #rgb, #rrggbb or #rrggbbaa. */
export interface ColorValue {
  readonly type: 'color'
  readonly color: string
}

/** A number slot's value, within its bounds. */
export interface NumberValue {
  readonly type: 'number'
  readonly number: number
}

/** A boolean slot's value: do its layers show? */
export interface BooleanValue {
  readonly type: 'boolean'
  readonly shown: boolean
}

/** A choice slot's value: the option whose layers show. */
export interface ChoiceValue {
  readonly type: 'choice'
  readonly option: string
}

/** A scene of the story with everything looked up. */
export interface ResolvedScene {
  /** Place in the story, from 0. */
  readonly index: number
  readonly scene: ManifestScene
  /** Only what was given; other slots keep what the animation holds. */
  readonly values: ReadonlyMap<string, ResolvedValue>
  /** Seconds, or what decides; undefined: as the template says. */
  readonly duration: number | 'text' | 'media' | 'voiceover' | undefined
  /** Into the next scene; undefined after the last. */
  readonly transition: Transition | undefined
  readonly voiceover: Sound | undefined
}

/** A sound that comes from the person (`src`) or from the package (`file`). */
export type Track = Sound & { readonly packaged: boolean }

/** What a person asked for, checked against the template, with every default filled in. */
export interface Story {
  readonly language: string | undefined
  readonly scenes: readonly ResolvedScene[]
  /** Role → colour, all roles of the template. */
  readonly palette: Readonly<Record<string, string>>
  readonly music: Track | undefined
  readonly voiceover: Sound | undefined
  /** Linear gain of the scenes' sound effects; 0 is none. */
  readonly sfxVolume: number
  /** Linear gain of videos' own sound. */
  readonly clipsVolume: number
  readonly ducking: boolean
  readonly watermark: Watermark | undefined
}
