import { defineErrors } from './define-errors.ts'

/** Pictures, videos and sounds that a person or a template brings. */
export const mediaErrors = defineErrors({
  MEDIA_NOT_FOUND: {
    status: 422,
    retryable: false,
    sentence: 'The file “{file}” does not exist or cannot be read[ ({place})].',
    remedy:
      'Check what it is called. Over HTTP it is `file:` with the id of an uploaded file, an https address, or `package:` with a path in the template’s package; on the command line a path, which in a file of data or rows starts at that file’s folder, with --set where you are.',
  },
  MEDIA_UNREADABLE: {
    status: 422,
    retryable: false,
    sentence: 'The file “{file}” is not a picture, video or sound that can be read: {reason}[ ({place})].',
    remedy: 'Open it in a player, export it again, and use that file.',
  },
  MEDIA_KIND_WRONG: {
    status: 422,
    retryable: false,
    sentence: 'The file “{file}” is {found}, but {wanted} is needed here[ ({place})].',
    remedy: 'Choose a file of the wanted kind.',
  },
  MEDIA_TOO_LARGE: {
    status: 422,
    retryable: false,
    sentence:
      'The picture “{file}” has {width}×{height} pixels, more than the limit of {limit} megapixels[ ({place})].',
    remedy: 'Make it smaller; no output needs more than 8,192 pixels a side.',
  },
  MEDIA_WITHOUT_FRAMES: {
    status: 422,
    retryable: false,
    sentence: 'The video “{file}” holds no frame that can be decoded[ ({place})].',
    remedy: 'The download or export was probably cut off; fetch or export it again.',
  },
  LOTTIE_UNREADABLE: {
    status: 422,
    retryable: false,
    sentence: 'The animation cannot be painted: {reason}.',
    remedy: 'Export it again as Lottie JSON (Bodymovin 5 or later), and try it with `flatrender snapshot`.',
  },
})
