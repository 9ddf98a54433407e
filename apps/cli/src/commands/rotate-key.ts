import { randomBytes } from 'node:crypto'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { SealedPlace } from '@flatrender/contracts/secrets'
import { assertUnused, deriveLogins, prepareDatabase, resealDatabase } from '@flatrender/database'
import { openOwner } from '@flatrender/platform/postgres'
import {
  headOf,
  openSecretKeys,
  reseal,
  type SecretKeys,
  writeSecretKeys,
} from '@flatrender/platform/secrets'
import type { Command } from 'commander'
import type { Session } from '../session.ts'

/** Bytes of a secret key. */
const KEY_BYTES = 32

/** `flatrender rotate-key`: another secret key, and all that is sealed sealed by it. */
export function addRotateKeyCommand(program: Command, session: Session): void {
  program
    .command('rotate-key')
    .description('Make a new secret key and seal everything with it; the old one opens nothing any more.')
    .addHelpText(
      'after',
      `
Stop the services first. Killed at any moment, it leaves an installation that works; run again, it goes on where it was.
Backups from before need the old key: keep it as long as them.

A key that comes from the environment you change yourself: give the new one in FLATRENDER_SECRET_KEY and the old one in
FLATRENDER_FORMER_SECRET_KEYS, run this, then take the old one away.

Examples:
  flatrender rotate-key
  FLATRENDER_SECRET_KEY="$(cat new.key)" FLATRENDER_FORMER_SECRET_KEYS="$(cat old.key)" flatrender rotate-key`,
    )
    .action(() => runRotateKey(session))
}

/**
 * First the file holds both keys, then the roles log in by the new one, then one transaction seals all rows by it, last the
 * old key goes. Between any two of these everything opens, for both keys are known.
 */
async function runRotateKey(session: Session): Promise<void> {
  const { settings, console } = session
  const { home } = settings
  const known = await openSecretKeys(home, settings.secretKeys)
  const inFile = settings.secretKeys.present === undefined
  await withOwner(session, known, (ownerUrl) => assertUnused(ownerUrl))
  const keys = inFile ? await beginRotation(home, known, console) : known
  if (keys.former.length === 0) throw noFormer()
  const rows = await withOwner(session, keys, async (ownerUrl) => {
    const { present: secretKey, former: formerKeys } = keys
    await prepareDatabase({ ownerUrl, secretKey, formerKeys, signal: session.signal })
    console.note('the services log in by the new key')
    const sealAnew = (place: SealedPlace, sealed: Buffer) => reseal(keys, place, sealed)
    const formerHeads = formerKeys.map(headOf)
    return resealDatabase({ ownerUrl, reseal: sealAnew, formerHeads, signal: session.signal })
  })
  console.note(`${rows} secrets are sealed by the new key`)
  if (inFile) await writeSecretKeys(home, { present: keys.present, former: [] })
  console.note(inFile ? 'the old key is gone' : 'take the old key out of FLATRENDER_FORMER_SECRET_KEYS now')
}

/** The new key stands before the old one; where a rotation was broken off, it does already. */
async function beginRotation(
  home: string,
  { present, former }: SecretKeys,
  console: Session['console'],
): Promise<SecretKeys> {
  if (former.length > 0) {
    console.note('a rotation was broken off; it goes on')
    return { present, former }
  }
  const keys = { present: randomBytes(KEY_BYTES), former: [present] }
  await writeSecretKeys(home, keys)
  console.note('the new key is in secret.key, before the old one')
  return keys
}

async function withOwner<Result>(
  { settings, signal }: Session,
  keys: SecretKeys,
  work: (ownerUrl: string) => Promise<Result>,
): Promise<Result> {
  const { home, databaseUrl } = settings
  const { ownerUrl, close } = await openOwner({
    home,
    databaseUrl,
    signal,
    ...deriveLogins(keys),
  })
  try {
    return await work(ownerUrl)
  } finally {
    await close()
  }
}

function noFormer(): FlatRenderError {
  const reason =
    'the key is in FLATRENDER_SECRET_KEY, and no key before it is in FLATRENDER_FORMER_SECRET_KEYS'
  return new FlatRenderError('COMMAND_WRONG', { reason })
}
