import { FlatRenderError } from '@flatrender/contracts/errors'

/** Bytes of UTF-8: S3 takes 1024, and its test server makes file names of them. */
const [MOST_BYTES, MOST_OF_A_PART] = [800, 200]

/** A part in which there is nothing to write otherwise, as nearly all are: the rest is looked at letter by letter. */
const PLAIN = /^[a-z0-9._ -]*[a-z0-9_-]$/

/** Refuses what isn't the key of a stored file on every kind of storage alike. Errors: STORAGE_KEY_INVALID. */
export function assertKey(key: string): void {
  const reason = findFault(key)
  if (reason !== undefined)
    throw new FlatRenderError('STORAGE_KEY_INVALID', { key: key.slice(0, 200), reason })
}

function findFault(key: string): string | undefined {
  const parts = key.split('/')
  if (key === '') return 'it is empty'
  if (key.startsWith('/')) return 'it begins with /'
  if (parts.includes('..') || parts.includes('.')) return 'it has . or .. as a part'
  if (parts.includes('')) return 'it has an empty part'
  if (/[\p{Cc}\\]/u.test(key)) return 'it holds a control character or \\'
  if (!key.isWellFormed() || key !== key.normalize('NFC')) return 'its letters are not in the form NFC'
  if (Buffer.byteLength(key) > MOST_BYTES) return 'it is too long'
  if (parts.some((part) => Buffer.byteLength(encodePart(part)) > MOST_OF_A_PART)) return 'a part is too long'
  return undefined
}

/**
 * A part of a key as the name of a folder: what some file system takes for something else, or doesn't tell apart, is
 * written as %XX. `~` never comes out of it.
 */
export function encodePart(part: string): string {
  if (PLAIN.test(part)) return part
  return [...part]
    .map((letter, index, { length }) => {
      const plain = /^[\p{L}\p{M}\p{N}._ -]$/u.test(letter) && letter.toLowerCase() === letter
      const trailing = index === length - 1 && /[. ]/.test(letter)
      return plain && !trailing ? letter : percent(letter)
    })
    .join('')
}

/** The part that a folder's name was made of. Some file systems take letters apart: a key never has them so. */
export function decodePart(name: string): string {
  return decodeURIComponent(name).normalize('NFC')
}

function percent(letter: string): string {
  return Buffer.from(letter).toString('hex').toUpperCase().replace(/../g, '%$&')
}
