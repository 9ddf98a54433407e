import type { MediaInfo } from '@flatrender/engine-scene'
import type { CanvasKit } from 'canvaskit-wasm'

/** A story to compile in the page; the same that Node compiles. */
export interface PageStory {
  /** The template's folder, as the server names it. */
  readonly template: string
  readonly format: string
  /** Parsed JSON of modifications, as a person gives them. */
  readonly modifications: unknown
  readonly media: readonly (readonly [src: string, info: MediaInfo])[]
}

/** What a piece is painted with. */
export interface PagePainting {
  readonly piece: number
  /** Frames of the composition, those of one piece. */
  readonly frames: readonly number[]
  readonly width: number
  readonly height: number
  /** A CSS colour under everything. */
  readonly background: string
}

/** A font without its bytes, which lie under its hash. */
export interface FontEntry {
  readonly family: string
  readonly style: string
  readonly weight: number
  readonly hash: string
  readonly fallback?: string
  readonly variations?: Readonly<Record<string, number>>
}

/** What the page does for the test. */
export interface PageApi {
  /** Compiles a story and keeps it. SHA-256 of each piece's JSON. */
  compile(story: PageStory): Promise<string[]>
  /** The JSON of a piece of the story compiled last. */
  readPiece(piece: number): string
  /** Premultiplied RGBA of each frame, in base 64. */
  paint(painting: PagePainting): Promise<string[]>
}

/** What the page's scripts leave on `globalThis`. */
export interface PageGlobals {
  CanvasKitInit(options: { locateFile(file: string): string }): Promise<CanvasKit>
  readonly flatrender?: PageApi
}
