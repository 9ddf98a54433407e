/** A page of `docs/reference/` that is written by a program, so that it cannot disagree with the code. */
export interface ReferencePage {
  /** Relative to the repository. */
  readonly path: string
  readonly text: string
}
