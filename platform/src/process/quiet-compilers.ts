import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * To be called right before a process ends. Node waits at its end for compilers that work beside it, and one of them may be
 * waiting for Node to collect garbage, for ever (nodejs/node#54918): 7 of 100 servers that were refused their start on a
 * machine with too much to do. From here on none begins, and those under way find room.
 */
export function quietCompilers(): void {
  for (const flag of ['--no-maglev', '--no-opt', '--expose-gc']) setFlagsFromString(flag)
  const collect = runInNewContext('gc') as () => void
  collect()
}
