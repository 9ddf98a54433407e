import { randomUUID } from 'node:crypto'
import { open, readFile, rm, stat, utimes } from 'node:fs/promises'
import { isProcessAlive } from '../files/is-process-alive.ts'

/** A claim is renewed this often, and taken for abandoned after the longer time; milliseconds. */
const RENEWAL = 5_000
const ABANDONED = 60_000

/** The right to do something that one process at a time may do. */
export interface Claim {
  /** Gives it back. A claim that another has taken over meanwhile stays the other's. */
  release(): Promise<void>
}

/**
 * Creates a file that only one process at a time can have. Undefined while a living process has it. A claim whose
 * process is dead, or that nobody renewed for a minute (its machine went away), is taken over.
 */
export async function claimFile(file: string): Promise<Claim | undefined> {
  const owner = `${process.pid} ${randomUUID()}`
  if (!(await create(file, owner)) && !(await takeOver(file, owner))) return undefined
  const renewal = setInterval(() => {
    const now = new Date()
    utimes(file, now, now).catch(() => clearInterval(renewal))
  }, RENEWAL)
  renewal.unref()
  return {
    async release() {
      clearInterval(renewal)
      if ((await readOwner(file)) === owner) await rm(file, { force: true })
    },
  }
}

async function create(file: string, owner: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx')
    await handle.writeFile(owner).finally(() => handle.close())
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Two who find the same abandoned claim must not both have it: the one would remove what the other has just created.
 * So inheriting is claimed too, and the look repeated under that claim. Who dies inheriting is inherited from likewise.
 */
async function takeOver(file: string, owner: string): Promise<boolean> {
  if (!(await isAbandoned(file))) return false
  const heir = await claimFile(`${file}.heir`)
  if (heir === undefined) return false
  try {
    if (!(await isAbandoned(file))) return false
    await rm(file, { force: true })
    return await create(file, owner)
  } finally {
    await heir.release()
  }
}

/** Gone is not abandoned: whoever asks again creates it anew. */
async function isAbandoned(file: string): Promise<boolean> {
  const info = await stat(file).catch(() => undefined)
  const owner = await readOwner(file)
  if (info === undefined || owner === undefined) return false
  const silent = Date.now() - info.mtimeMs
  // A claim that is being written is empty for a moment.
  if (owner === '') return silent > RENEWAL
  return silent > ABANDONED || !isProcessAlive(Number.parseInt(owner, 10))
}

async function readOwner(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
}
