import v8 from 'node:v8'
import vm from 'node:vm'

type Collect = (options: { type: 'minor' | 'major' }) => void

let collect: Collect | undefined

/**
 * A collection, minor if nothing else is asked for. Each painted frame is 8 MB outside the heap at 1080p; V8 doesn't
 * see them, so without this dozens pile up and every frame is paid with page faults. A minor one takes about 0.4 ms.
 */
export function collectGarbage(type: 'minor' | 'major' = 'minor'): void {
  if (collect === undefined) {
    v8.setFlagsFromString('--expose-gc')
    collect = vm.runInNewContext('gc') as Collect
  }
  collect({ type })
}
