import type { openNameServer } from '@flatrender/platform/testkit'
import type { Installation } from '../testbed/run-shape.ts'

/** An installation that is shared by what is proven of it. */
export interface Opened {
  readonly installation: Installation
  /** Its folder. */
  readonly home: string
  /** Where it looks names up. */
  readonly names: Awaited<ReturnType<typeof openNameServer>>
}
