import v8 from 'node:v8'
import vm from 'node:vm'

let collect: (() => void) | undefined

/**
 * A full collection, about 15 ms. An animation holds its pictures outside the heap, where V8 doesn't see them: without
 * this they stay for as long as the few bytes of their handles bother nobody.
 */
export function collectGarbage(): void {
  if (collect === undefined) {
    v8.setFlagsFromString('--expose-gc')
    collect = vm.runInNewContext('gc') as () => void
  }
  collect()
}
