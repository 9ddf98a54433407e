import path from 'node:path'
import { openSecretKey, parseSecretKey, readKnown } from './open-secret-key.ts'
import type { SecretKeys } from './seal.ts'

/** What the settings say of the keys. */
export interface SecretKeySettings {
  /** FLATRENDER_SECRET_KEY */
  readonly present: string | undefined
  /** FLATRENDER_FORMER_SECRET_KEYS: keys with commas between. */
  readonly former: string | undefined
}

/**
 * An installation's keys: those in its settings, else those of `secret.key` in its folder. The first seals, all open: there
 * is more than one from the beginning of `rotate-key` to its end. Errors: as `openSecretKey`.
 */
export async function openSecretKeys(home: string, settings: SecretKeySettings): Promise<SecretKeys> {
  const present = await openSecretKey(home, settings.present)
  if (settings.present !== undefined)
    return { present, former: parseSecretKeys(settings.former ?? '', 'FLATRENDER_FORMER_SECRET_KEYS') }
  const file = path.join(home, 'secret.key')
  const [, ...former] = parseSecretKeys((await readKnown(file)) ?? '', file)
  return { present, former }
}

/** Reads keys with commas or white space between. Errors: SECRET_KEY_INVALID. */
function parseSecretKeys(text: string, place: string): Buffer[] {
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((part) => parseSecretKey(part, place))
}
