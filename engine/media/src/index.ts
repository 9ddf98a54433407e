export { type AudioCodec, encodeAudio } from './audio/encode-audio.ts'
export { mixAudio } from './audio/mix-audio.ts'
export type { Ducking, MixedAudio, MixOptions, SoundTrack } from './audio/mix-options.ts'
export { createFrameConverter } from './convert/create-frame-converter.ts'
export type { FrameConverter } from './convert/frame-converter.ts'
export type { EncoderOverrides } from './encode/codec-options.ts'
export type { EncodedPacket, EncodedStream } from './encode/encoded-stream.ts'
export type { Encoder } from './encode/encoder.ts'
export { openEncoder } from './encode/open-encoder.ts'
export type { StreamParameters } from './encode/stream-parameters.ts'
export type { MuxOptions, MuxSegment } from './mux/mux-options.ts'
export { muxVideo } from './mux/mux-video.ts'
export { nameFrameFile } from './mux/write-pictures.ts'
export { isCssColor } from './paint/is-css-color.ts'
export { openPainter, type Painter, type PainterOptions } from './paint/open-painter.ts'
export { composeSheet, type SheetLayout } from './picture/compose-sheet.ts'
export { encodeFrameImage, type FrameImage, writeFrameImage } from './picture/encode-frame-image.ts'
export { encodeStill, type StillFormat, type StillOptions } from './picture/encode-still.ts'
export {
  type NormalisedPicture,
  type NormaliseOptions,
  normalisePicture,
} from './picture/normalise-picture.ts'
export { type Thumbnail, type ThumbnailOptions, takeThumbnail } from './picture/take-thumbnail.ts'
export type { MediaInfo } from './probe/media-info.ts'
export { probeMedia } from './probe/probe-media.ts'
export { type DecodedPicture, decodePackets } from './verify/decode-packets.ts'
export { chooseTolerance, chooseTwinTolerance, type PictureDifference } from './verify/picture-difference.ts'
export {
  compareThumbprints,
  type Thumbprint,
  takeThumbprint,
} from './verify/thumbprint.ts'
export { openVideoReader, type VideoReader } from './video/open-video-reader.ts'
