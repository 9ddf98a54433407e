import { isDeepStrictEqual } from 'node:util'
import type { CompiledRender, CompiledRequest } from './compile-render.ts'
import type { Compiler } from './open-compiler.ts'

/** A compiler that can be told what it will be asked for. */
export interface Foresight extends Compiler {
  /** Begins to compile what is asked for in a moment, unless something is under way that somebody waits for. */
  foresee(request: CompiledRequest): void
}

/** How much is kept that nobody has asked for yet, and for how many milliseconds. */
const [KEPT, KEPT_FOR] = [4, 30_000]

interface Foreseen {
  readonly request: CompiledRequest
  readonly compiled: Promise<CompiledRender>
  readonly timer: NodeJS.Timeout
}

/** Gives a compiler foresight: what was foreseen is compiled once, and given to who asks for it first. */
export function openForesight(compiler: Compiler): Foresight {
  let foreseen: Foreseen[] = []
  let underWay = 0
  const compile = (request: CompiledRequest) => {
    underWay++
    return compiler.compile(request).finally(() => underWay--)
  }
  const forget = (one: Foreseen) => {
    // A timer holds what it would forget.
    clearTimeout(one.timer)
    foreseen = foreseen.filter((other) => other !== one)
  }
  return {
    foresee(request) {
      if (underWay > 0 || foreseen.some((one) => isSame(one.request, request))) return
      const timer = setTimeout(() => forget(one), KEPT_FOR).unref()
      const one: Foreseen = { request, compiled: compile(request), timer }
      // Who asks for it hears what was wrong.
      one.compiled.catch(() => {})
      foreseen = [...foreseen, one]
      if (foreseen.length > KEPT) forget(foreseen[0]!)
    },
    compile(request) {
      const one = foreseen.find((other) => isSame(other.request, request))
      if (one === undefined) return compile(request)
      forget(one)
      return one.compiled
    },
    close() {
      for (const one of foreseen) forget(one)
      return compiler.close()
    },
  }
}

/** Does the same come of both? In whatever order their words are told. */
function isSame(
  { template, ...one }: CompiledRequest,
  { template: other, ...rest }: CompiledRequest,
): boolean {
  return template.hash === other.hash && isDeepStrictEqual(one, rest)
}
