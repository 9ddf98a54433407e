import { FlatRenderError } from '@flatrender/contracts/errors'
import {
  type ImageSlot,
  type MediaSlot,
  mediaValueSchema,
  type Slot,
  type SlotValue,
  type TextSlot,
  textValueSchema,
} from '@flatrender/contracts/template'
import { countCharacters } from './count-characters.ts'
import { describeIssue } from './describe-issue.ts'
import type { PictureValue, ResolvedValue, TextValueResolved } from './story.ts'

/** Where a value stands, for the errors. */
export interface SlotPlace {
  readonly scene: string
  readonly slot: string
}

/** Checks a value against its slot. Errors: SLOT_VALUE_INVALID, SLOT_TEXT_TOO_LONG, SLOT_TEXT_TOO_SHORT. */
export function resolveValue(slot: Slot, value: SlotValue, place: SlotPlace): ResolvedValue {
  switch (slot.type) {
    case 'text':
      return resolveText(slot, value, place)
    case 'image':
    case 'media':
      return resolvePicture(slot, value, place)
    case 'color':
      if (typeof value === 'string' && /^#([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(value)) {
        return { type: 'color', color: value }
      }
      throw invalid(place, value, 'it is not a colour', 'a colour like #1a2b3c')
    case 'number':
      return { type: 'number', number: resolveNumber(value, slot.min, slot.max, place) }
    case 'boolean':
      if (typeof value === 'boolean') return { type: 'boolean', shown: value }
      if (value === 'true' || value === 'false') return { type: 'boolean', shown: value === 'true' }
      throw invalid(place, value, 'it is neither true nor false', 'true or false')
    case 'choice':
      if (typeof value === 'string' && Object.hasOwn(slot.options, value))
        return { type: 'choice', option: value }
      throw invalid(
        place,
        value,
        'it is not among the options',
        `one of ${Object.keys(slot.options).join(', ')}`,
      )
  }
}

/** UTF-16 units a character; a family of four with skin tones has 23. More is a heap of marks on one letter. */
const MOST_PARTS = 40
/** UTF-16 units that are counted; a book's chapter. */
const MOST_UNITS = 100_000

function resolveText(slot: TextSlot, value: SlotValue, place: SlotPlace): TextValueResolved {
  const given = typeof value === 'string' || typeof value === 'number' ? { text: String(value) } : value
  const parsed = textValueSchema.safeParse(given)
  if (!parsed.success) throw invalid(place, value, reasonOf(parsed.error), 'a text')
  const text = parsed.data.text.normalize('NFC')
  if (hasLoneSurrogate(text)) throw invalid(place, value, 'it is not well-formed Unicode', 'a text')
  const { minCharacters, maxCharacters } = slot
  // Nobody's text; counting stops there.
  const characters = countCharacters(text.slice(0, MOST_UNITS))
  if (text.length > maxCharacters * MOST_PARTS && characters <= maxCharacters) {
    throw invalid(place, value, 'its characters are heaps of marks', `at most ${maxCharacters} characters`)
  }
  if (characters > maxCharacters) {
    throw new FlatRenderError('SLOT_TEXT_TOO_LONG', {
      ...place,
      characters,
      limit: maxCharacters,
      excess: characters - maxCharacters,
    })
  }
  if (characters < minCharacters) {
    throw new FlatRenderError('SLOT_TEXT_TOO_SHORT', { ...place, characters, limit: minCharacters })
  }
  const { alignment, direction, digits } = parsed.data
  return {
    type: 'text',
    text,
    ...(alignment !== undefined && { alignment }),
    ...(direction !== undefined && { direction }),
    ...(digits !== undefined && { digits }),
  }
}

/** With the part of the value that is wrong, as `trims.0.end`. */
function reasonOf(error: Parameters<typeof describeIssue>[0]): string {
  const { path, reason } = describeIssue(error)
  return error.issues[0]?.path.length === 0 ? reason : `${path}: ${reason}`
}

function hasLoneSurrogate(text: string): boolean {
  return /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text)
}

function resolvePicture(slot: ImageSlot | MediaSlot, value: SlotValue, place: SlotPlace): PictureValue {
  const wanted = slot.type === 'image' ? 'the path of a picture' : 'the path of a picture or video'
  const parsed = mediaValueSchema.safeParse(typeof value === 'string' ? { src: value } : value)
  if (!parsed.success) throw invalid(place, value, reasonOf(parsed.error), wanted)
  const { src, fit, focal, crop, trims, speed, volume, loop } = parsed.data
  return {
    type: 'picture',
    src,
    fit: fit ?? slot.fit,
    focal: focal ?? slot.focal,
    ...(crop !== undefined && { crop }),
    ...(trims !== undefined && { trims }),
    speed: speed ?? 1,
    volume: volume ?? 1,
    loop: loop ?? false,
  }
}

function resolveNumber(value: SlotValue, min = -Infinity, max = Infinity, place: SlotPlace): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw invalid(place, value, 'it is not a number', 'a number')
  if (number < min || number > max)
    throw invalid(place, value, 'it is out of range', `a number from ${min} to ${max}`)
  return number
}

function invalid(place: SlotPlace, value: unknown, reason: string, wanted: string): FlatRenderError {
  const shown = JSON.stringify(value) ?? String(value)
  const short = shown.length > 60 ? `${shown.slice(0, 57)}…` : shown
  return new FlatRenderError('SLOT_VALUE_INVALID', { ...place, value: short, reason, wanted })
}
