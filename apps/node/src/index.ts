export type { OrderFiles, RenderEngine } from './engine.ts'
export type { NodeLog } from './node-log.ts'
export type { Enrolment, NodeOptions } from './node-options.ts'
export { type RunningNode, startNode } from './start-node.ts'
