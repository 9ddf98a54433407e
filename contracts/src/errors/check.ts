import { defineErrors } from './define-errors.ts'

/** What `flatrender template check` finds in an animation. */
export const checkErrors = defineErrors({
  BODYMOVIN_TOO_OLD: {
    status: 422,
    retryable: false,
    sentence: '“{file}” was exported by Bodymovin {version}, whose format is painted in parts only.',
    remedy: 'Export it again with Bodymovin 5 or later.',
  },
  EXPRESSION_NOT_BAKED: {
    status: 422,
    retryable: false,
    sentence:
      'The property {property} of the layer “{layer}” in {file} is driven by an expression, which is not run.',
    remedy: 'Bake it: in Bodymovin’s settings turn on “Convert expressions to keyframes”.',
  },
  EFFECT_UNSUPPORTED: {
    status: 422,
    retryable: false,
    sentence: 'The effect {effect} on the layer “{layer}” in {file} is not painted.',
    remedy: 'Remove it, or build its look from shapes, masks and the effects that are painted.',
  },
  LAYER_STYLE_UNSUPPORTED: {
    status: 422,
    retryable: false,
    sentence: 'The layer style {style} on the layer “{layer}” in {file} is not painted.',
    remedy: 'Draw it as a shape, or use a drop shadow, inner shadow or glow.',
  },
  LAYER_UNSUPPORTED: {
    status: 422,
    retryable: false,
    sentence: 'The layer “{layer}” in {file} is {kind}, which is not painted.',
    remedy: 'Turn it into shapes, a picture or a precomp before exporting.',
  },
  MARKER_UNKNOWN: {
    status: 422,
    retryable: false,
    sentence: 'The marker “{marker}” at frame {frame} of {file} means nothing.',
    remedy: 'Write flatrender:hold or flatrender:loop, in small letters; names of your own begin otherwise.',
  },
  MARKERS_OVERLAP: {
    status: 422,
    retryable: false,
    sentence:
      'The marker “{marker}” at frame {frame} of {file} begins before “{before}” ends, and is left out.',
    remedy: 'Let each span of flatrender:hold and flatrender:loop end where the next begins, or before.',
  },
  MARKER_TOO_SHORT: {
    status: 422,
    retryable: false,
    sentence: 'The marker “{marker}” at frame {frame} of {file} spans no frames that could be stretched.',
    remedy: 'Give a loop a duration of a frame or more, inside the composition.',
  },
  PICTURE_OVERSIZED: {
    status: 422,
    retryable: false,
    sentence: 'The picture {path} has {width}×{height} pixels, far more than the {format} format shows.',
    remedy: 'Scale it down to at most twice the size at which it is seen.',
  },
  SLOT_UNBOUND: {
    status: 422,
    retryable: false,
    sentence: 'The slot “{slot}” of scene “{scene}” is bound to nothing in {file}.',
    remedy: 'Give a property, text or picture the slot id {slot}, or remove the slot from flatrender.json.',
  },
  SLOT_KIND_WRONG: {
    status: 422,
    retryable: false,
    sentence:
      'The slot “{slot}” of scene “{scene}” is declared as {declared}, but in {file} it is bound to {found}.',
    remedy: 'Declare it as what it is bound to, or move its slot id to another property.',
  },
  FRAME_RATE_WRONG: {
    status: 422,
    retryable: false,
    sentence: '{file} has {rate} frames a second, but the template {wanted}.',
    remedy: 'Export the composition at the template’s rate.',
  },
  SLOT_UNDECLARED: {
    status: 422,
    retryable: false,
    sentence: 'The animation {file} has the slot id “{slot}”, which flatrender.json does not know.',
    remedy: 'Declare it among the scene’s slots, or remove it from the animation.',
  },
  LAYER_PATH_UNKNOWN: {
    status: 422,
    retryable: false,
    sentence: 'The slot “{slot}” of scene “{scene}” names the layer “{path}”, which is not in {file}.',
    remedy: 'Write the names from the composition down, joined by /; names are case-sensitive.',
  },
  FORMAT_SIZE_WRONG: {
    status: 422,
    retryable: false,
    sentence: '{file} is {width}×{height} pixels, but the format {format} is {wantedWidth}×{wantedHeight}.',
    remedy: 'Export the composition in the format’s size.',
  },
  LANGUAGE_UNCOVERED: {
    status: 422,
    retryable: false,
    sentence: 'The template’s fonts lack letters of {language}: {characters}.',
    remedy: 'Add a font that has them, or leave {language} out of the template’s languages.',
  },
})
