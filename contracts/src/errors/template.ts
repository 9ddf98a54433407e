import { defineErrors } from './define-errors.ts'

/** The template package itself. */
export const templateErrors = defineErrors({
  TEMPLATE_NOT_FOUND: {
    status: 404,
    retryable: false,
    sentence: 'There is no template at “{template}”.',
    remedy: 'Give the path of a .lottie file or of an unpacked template folder.',
  },
  TEMPLATE_UNREADABLE: {
    status: 422,
    retryable: false,
    sentence: 'The template archive “{template}” cannot be read: {reason}.',
    remedy:
      'It was probably cut off or altered; fetch it again or pack it anew with `flatrender template pack`.',
  },
  TEMPLATE_TOO_LARGE: {
    status: 422,
    retryable: false,
    sentence: 'The template archive “{template}” would unpack to more than {limit}: {reason}.',
    remedy:
      'Make its pictures smaller or remove what no scene uses; an archive that only pretends is refused.',
  },
  TEMPLATE_PATH_UNSAFE: {
    status: 422,
    retryable: false,
    sentence: 'The template archive “{template}” holds the entry “{path}”, which {reason}.',
    remedy: 'Pack the template with `flatrender template pack`, which writes plain relative paths only.',
  },
  TEMPLATE_MANIFEST_MISSING: {
    status: 422,
    retryable: false,
    sentence: '“{template}” has no flatrender.json, so it is a plain animation and not a template.',
    remedy: 'Make one from a Lottie file with `flatrender template init FILE.json`.',
  },
  TEMPLATE_MANIFEST_INVALID: {
    status: 422,
    retryable: false,
    sentence: 'The manifest of “{template}” is wrong at {path}: {reason}.',
    remedy: 'Correct flatrender.json; `flatrender template check` names every place.',
  },
  TEMPLATE_VERSION_UNKNOWN: {
    status: 422,
    retryable: false,
    sentence: 'The manifest of “{template}” is of version {version}, and this engine reads version {known}.',
    remedy: 'Use a FlatRender as new as the template, or export the template for this one.',
  },
  TEMPLATE_FILE_MISSING: {
    status: 422,
    retryable: false,
    sentence: 'The template “{template}” refers to “{path}”, which is not in the package.',
    remedy: 'Add the file, or correct the reference in {where}.',
  },
  TEMPLATE_REFERENCE_OUTSIDE: {
    status: 422,
    retryable: false,
    sentence: 'The template “{template}” refers to “{path}” outside itself, in {where}.',
    remedy: 'Put the file into the package; addresses and absolute paths are never followed.',
  },
  TEMPLATE_FORMAT_UNKNOWN: {
    status: 422,
    retryable: false,
    sentence: 'The template “{template}” has no format {format}.',
    remedy: 'It is made in: {known}.',
  },
  LOTTIE_PICTURE_MISSING: {
    status: 422,
    retryable: false,
    sentence: '“{file}” names the picture “{picture}”, which is not beside it, so it is not painted.',
    remedy:
      'Put it into a folder images beside the animation; addresses and paths that lead elsewhere are never followed.',
  },
  LOTTIE_INVALID: {
    status: 422,
    retryable: false,
    sentence: '“{file}” is not a Lottie animation: {reason}.',
    remedy: 'Mend what is named, or export it again with Bodymovin 5 or later.',
  },
})
