import { open, readFile, rm, stat, utimes } from 'node:fs/promises'
import { isProcessAlive } from '../files/is-process-alive.ts'

/** A claim is renewed this often, and taken for abandoned after the longer time; milliseconds. */
const RENEWAL = 5_000
const ABANDONED = 60_000

/**
 * Creates a file that only one process at a time can have. Undefined while a living process has it. A claim whose
 * process is dead, or that nobody renewed for a minute (its machine went away), is taken over.
 */
export async function claimFile(file: string): Promise<{ release(): Promise<void> } | undefined> {
  const created = (await create(file)) || ((await isAbandoned(file)) && (await takeOver(file)))
  if (!created) return undefined
  const renewal = setInterval(() => {
    const now = new Date()
    utimes(file, now, now).catch(() => clearInterval(renewal))
  }, RENEWAL)
  renewal.unref()
  return {
    async release() {
      clearInterval(renewal)
      await rm(file, { force: true })
    },
  }
}

async function create(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx')
    await handle.writeFile(String(process.pid))
    await handle.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function isAbandoned(file: string): Promise<boolean> {
  const [info, content] = await Promise.all([stat(file), readFile(file, 'utf8')]).catch(
    () => [undefined, ''] as const,
  )
  if (info === undefined) return true
  const silent = Date.now() - info.mtimeMs
  // A claim that is being written is empty for a moment.
  if (content === '') return silent > RENEWAL
  return silent > ABANDONED || !isProcessAlive(Number(content))
}

async function takeOver(file: string): Promise<boolean> {
  await rm(file, { force: true })
  return create(file)
}
