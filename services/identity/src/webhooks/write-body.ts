/** The body that tells of an event, as Standard Webhooks has it. */
export function writeBody({
  type,
  timestamp,
  data,
}: {
  type: string
  timestamp: string
  data: Readonly<Record<string, unknown>>
}): string {
  return JSON.stringify({ type, timestamp, data })
}
