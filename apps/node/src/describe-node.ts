import { availableParallelism, totalmem } from 'node:os'
import type { NodeDescription } from '@flatrender/contracts/node'
import type { RenderEngine } from '@flatrender/engine-render'
import packageJson from '../package.json' with { type: 'json' }

/** What a node says of itself. */
export function describeNode(
  engine: Pick<RenderEngine, 'name' | 'build'>,
  { workers, onlyWhenIdle }: Pick<NodeDescription, 'workers' | 'onlyWhenIdle'>,
): NodeDescription {
  const { platform } = process
  return {
    version: packageJson.version,
    protocol: 1,
    engine: engine.name,
    engineBuild: engine.build,
    platform: platform === 'darwin' || platform === 'win32' ? platform : 'linux',
    arch: process.arch,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    workers,
    onlyWhenIdle,
  }
}
