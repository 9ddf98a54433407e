import { defineErrors } from './define-errors.ts'

/** Fonts, and text that cannot be set in them. */
export const fontErrors = defineErrors({
  FONT_NOT_FOUND: {
    status: 422,
    retryable: false,
    sentence: 'The font file “{file}” does not exist or cannot be read.',
    remedy: 'Check the path, or put the font into the template package.',
  },
  FONT_UNREADABLE: {
    status: 422,
    retryable: false,
    sentence: 'The font “{file}” cannot be used: {reason}.',
    remedy: 'Use a TrueType, OpenType or WOFF2 file that a font viewer opens.',
  },
  FONT_MISSING: {
    status: 422,
    retryable: false,
    sentence: 'No font was given to set “{text}” in.',
    remedy: 'Load the template’s fonts and the fallback fonts of the text’s scripts before compiling.',
  },
  FONT_NOT_IN_TEMPLATE: {
    status: 422,
    retryable: false,
    sentence:
      'The layer “{layer}” asks for the font “{font}”, which does not come with it; “{used}” is used.',
    remedy:
      'Put the font’s file into the template package, if its licence allows it; `flatrender template init` makes a plain animation one.',
  },
  TEXT_CHARACTERS_MISSING: {
    status: 422,
    retryable: false,
    sentence: 'No font has the characters {characters} of the layer “{layer}”.',
    remedy: 'Leave them out, or add a font that has them to the template package.',
  },
  TEXT_OVERFLOWS: {
    status: 422,
    retryable: false,
    sentence: 'The text of the layer “{layer}” does not fit, even at {scale} % of its size.',
    remedy: 'Shorten it, allow more lines, or allow it to become smaller.',
  },
  TEXT_SHRUNK: {
    status: 422,
    retryable: false,
    sentence: 'The text of the layer “{layer}” was made smaller, to {scale} %, so that it fits.',
    remedy: 'Shorten it if it should have its full size.',
  },
  TEXT_ANIMATOR_UNSUPPORTED: {
    status: 422,
    retryable: false,
    sentence: 'The text animator of the layer “{layer}” changes “{property}”, which is not painted.',
    remedy:
      'Animate position, scale, rotation, opacity, tracking or colour instead, or the layer as a whole.',
  },
  TEXT_SELECTOR_UNSUPPORTED: {
    status: 422,
    retryable: false,
    sentence:
      'The text animator of the layer “{layer}” selects letters by {selector}, which is not evaluated.',
    remedy: 'Use a range selector; expressions and wiggles must be baked.',
  },
  TEXT_PATH_UNSUPPORTED: {
    status: 422,
    retryable: false,
    sentence:
      'The text of the layer “{layer}” follows a path, which is not painted; it stands on a straight line.',
    remedy: 'Convert the text into shapes before exporting, or set it on a straight line.',
  },
  TEXT_SMALL_CAPS_UNSUPPORTED: {
    status: 422,
    retryable: false,
    sentence: 'The font of the layer “{layer}” has no small capitals; letters are painted as typed.',
    remedy: 'Choose a font with small capitals, or all capitals.',
  },
})
