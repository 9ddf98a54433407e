import path from 'node:path'
import { openSecretKey, parseSecretKey, readKnown, readSecretKey } from './open-secret-key.ts'
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
  return gather(home, settings, await openSecretKey(home, settings.present))
}

/** The same where there is a key; makes none. Errors: as `openSecretKey`. */
export async function findSecretKeys(
  home: string,
  settings: SecretKeySettings,
): Promise<SecretKeys | undefined> {
  const present = await readSecretKey(home, settings.present)
  return present && gather(home, settings, present)
}

async function gather(home: string, settings: SecretKeySettings, present: Buffer): Promise<SecretKeys> {
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
