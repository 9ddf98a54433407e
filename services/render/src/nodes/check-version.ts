import { FlatRenderError } from '@flatrender/contracts/errors'
import type { NodeDescription } from '@flatrender/contracts/node'
import type { Render } from '../deps.ts'

/** Node and farm are of one version: what they tell each other is. Errors: NODE_VERSION_REFUSED. */
export function checkVersion(render: Render, { version }: NodeDescription): void {
  if (version !== render.version)
    throw new FlatRenderError('NODE_VERSION_REFUSED', { version, wanted: render.version })
}
