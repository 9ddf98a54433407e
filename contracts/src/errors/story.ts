import { defineErrors } from './define-errors.ts'

/** What a person gives: scenes, slots, values. */
export const storyErrors = defineErrors({
  DATA_UNREADABLE: {
    status: 422,
    retryable: false,
    sentence: 'The data file “{file}” cannot be read: {reason}.',
    remedy: 'Give a JSON file of modifications; `flatrender template inspect` prints an example.',
  },
  DATA_INVALID: {
    status: 422,
    retryable: false,
    sentence: 'The modifications are wrong at {path}: {reason}.',
    remedy:
      'Correct that place; scenes, slots and their types are listed by `GET /template-versions`, with the version’s id, and by `flatrender template inspect`.',
  },
  PRESET_UNKNOWN: {
    status: 422,
    retryable: false,
    sentence: 'The template has no preset “{preset}”.',
    remedy: 'Use one of: {known}.',
  },
  SCENE_UNKNOWN: {
    status: 422,
    retryable: false,
    sentence: 'The template has no scene “{scene}” (at {path}).',
    remedy: 'Use one of: {known}.',
  },
  SLOT_UNKNOWN: {
    status: 422,
    retryable: false,
    sentence: '{holder} has no slot “{slot}” (at {path}).',
    remedy: 'Use one of: {known}.',
  },
  SLOT_VALUE_INVALID: {
    status: 422,
    retryable: false,
    sentence: 'The slot “{slot}” of scene “{scene}” cannot take {value}: {reason}.',
    remedy: 'Give {wanted}.',
  },
  SLOT_TEXT_TOO_LONG: {
    status: 422,
    retryable: false,
    sentence:
      'The text of slot “{slot}” in scene “{scene}” has {characters} characters, and {limit} are the most.',
    remedy: 'Shorten it by {excess}.',
  },
  SLOT_TEXT_TOO_SHORT: {
    status: 422,
    retryable: false,
    sentence:
      'The text of slot “{slot}” in scene “{scene}” has {characters} characters, and {limit} are needed.',
    remedy: 'Write more, or choose a scene without this text.',
  },
  PALETTE_UNKNOWN: {
    status: 422,
    retryable: false,
    sentence: 'The template has no palette “{palette}”.',
    remedy: 'Use one of: {known}; or give colours by role.',
  },
  PALETTE_ROLE_UNKNOWN: {
    status: 422,
    retryable: false,
    sentence: 'The template’s palette has no role “{role}”.',
    remedy: 'Use one of: {known}.',
  },
  TRANSITION_UNKNOWN: {
    status: 422,
    retryable: false,
    sentence:
      'The transition “{transition}” after scene “{scene}” does not exist or does not fit that scene.',
    remedy: 'Use one of: {known}.',
  },
  DURATION_OUT_OF_RANGE: {
    status: 422,
    retryable: false,
    sentence: 'The scene “{scene}” cannot last {seconds} s: it may last {min} to {max} s.',
    remedy: 'Choose a length in that range, or repeat the scene.',
  },
  STORY_TOO_LONG: {
    status: 422,
    retryable: false,
    sentence: 'The video would last {seconds} s, more than the limit of {limit} s.',
    remedy: 'Use fewer or shorter scenes, or render it in parts.',
  },
})
