import type { TemplatePackage } from '@flatrender/engine-scene'
import type { CompiledRender, CompiledRequest } from './compile-render.ts'

/** What the compiler's thread is told. A template is sent once, and goes by its hash from then on. */
export interface CompileOrder {
  readonly id: number
  readonly request: Omit<CompiledRequest, 'template'>
  readonly templateHash: string
  /** Absent: it is known. */
  readonly template?: TemplatePackage
  /** Hashes of templates that will not be named again. */
  readonly forget: readonly string[]
}

/** What it answers. */
export type CompileReport =
  | { readonly id: number; readonly compiled: CompiledRender }
  | {
      readonly id: number
      /** Expected ones, as code and data; none: it is a bug. */
      readonly failures: readonly { readonly code: string; readonly data: object }[]
      readonly bug: { readonly message: string; readonly stack: string | undefined }
    }
