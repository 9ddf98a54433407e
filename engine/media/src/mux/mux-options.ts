import type { Container, VideoSettings } from '@flatrender/contracts/engine'
import type { EncodedStream } from '../encode/encoded-stream.ts'

/** A segment and where it begins in the finished video, in frames. */
export interface MuxSegment {
  readonly startFrame: number
  readonly stream: EncodedStream
}

/** What goes into a file. Nothing of it is encoded again. */
export interface MuxOptions {
  /** The file to write (for `png` an existing folder). It is overwritten; make it a temporary name. */
  readonly file: string
  readonly container: Container
  readonly settings: VideoSettings
  /** In order and without gaps; taken one at a time, so they may be read from disk as they are needed. */
  readonly segments: Iterable<MuxSegment> | AsyncIterable<MuxSegment>
  /** Sound for mp4, mov and webm. */
  readonly audio?: EncodedStream
  /** Such as title or comment; kept by mp4, mov and webm. */
  readonly metadata?: Readonly<Record<string, string>>
}
