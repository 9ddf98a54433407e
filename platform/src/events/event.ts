/** Something that happened, as its consumers receive it; the names are those of CloudEvents 1.0. */
export interface Event {
  readonly id: string
  /** `<service>.<noun>.<past participle>` */
  readonly type: string
  /** The service in which it happened. */
  readonly source: string
  /** Id of the row that it is about. */
  readonly subject: string | null
  /** Null for what concerns no tenant. */
  readonly tenantId: string | null
  /** Ids and small facts, never secrets. */
  readonly data: Readonly<Record<string, unknown>>
  readonly happenedAt: Date
  /** W3C traceparent of the request that caused it. */
  readonly trace: string | null
}
