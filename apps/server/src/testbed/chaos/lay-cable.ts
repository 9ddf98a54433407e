import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A network of its own for a process, with one cable that leads out of it. */
export interface Cable {
  /** The address of our end: all that can be reached from the other. */
  readonly address: string
  /** What a command has to begin with to run at the other end. */
  readonly words: readonly string[]
  /** Nothing gets through any more, and nobody hears that it doesn't. */
  pull(): Promise<void>
  plug(): Promise<void>
  remove(): Promise<void>
}

/** Makes a network namespace and joins it to ours. Undefined where the machine doesn't let us. */
export async function layCable(): Promise<Cable | undefined> {
  const [high, low, ...rest] = randomBytes(6)
  const space = `chaos-${Buffer.from(rest).toString('hex')}`
  const [ours, theirs] = [`${space.slice(6)}-a`, `${space.slice(6)}-b`]
  // 198.18.0.0/15 is kept for tests of networks (RFC 2544): nobody lives there.
  const net = `198.18.${high}.${low! & 0xfc}`
  const at = (host: number) => net.replace(/\d+$/, (last) => `${Number(last) + host}`)
  const ip = (...words: string[]) => run('ip', words)
  try {
    await ip('netns', 'add', space)
  } catch {
    // Only root may, and not in every container.
    return undefined
  }
  const remove = async () => void (await ip('netns', 'delete', space))
  try {
    await ip('link', 'add', ours, 'type', 'veth', 'peer', 'name', theirs, 'netns', space)
    await ip('address', 'add', `${at(1)}/30`, 'dev', ours)
    await ip('link', 'set', ours, 'up')
    await ip('-n', space, 'address', 'add', `${at(2)}/30`, 'dev', theirs)
    await ip('-n', space, 'link', 'set', theirs, 'up')
    await ip('-n', space, 'link', 'set', 'lo', 'up')
    await ip('netns', 'exec', space, 'true')
  } catch {
    await remove()
    return undefined
  }
  return {
    address: at(1),
    words: ['ip', 'netns', 'exec', space],
    pull: async () => void (await ip('link', 'set', ours, 'down')),
    plug: async () => void (await ip('link', 'set', ours, 'up')),
    remove,
  }
}
