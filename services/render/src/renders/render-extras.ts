/** What a render is made of beside its wish. */
export interface RenderExtras {
  readonly webhook: string | undefined
  readonly metadata: Readonly<Record<string, unknown>>
  readonly retryOfId: string | null
  /** The row of a batch that it is. */
  readonly batch?: BatchPlace | undefined
}

/** A row of a batch on its way to be a render. */
export interface BatchPlace {
  readonly id: string
  readonly row: number
  readonly promised?: RowPromise | undefined
}

/** What was promised to a row when all rows were taken on together. */
export interface RowPromise {
  /** The id that its render will have. */
  readonly renderId: string
  readonly credits: number
  /** Of the plan's minutes. */
  readonly milliseconds: number
}
