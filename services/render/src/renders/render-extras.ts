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
  /** Where the credits of all rows are promised already: the id that its render will have, and how many are for it. */
  readonly promised?: { readonly renderId: string; readonly amount: number } | undefined
}
