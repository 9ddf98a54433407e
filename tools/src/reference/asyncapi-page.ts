import type { EventDefinition } from '@flatrender/contracts/events'
import { stringify } from 'yaml'
import { z } from 'zod'
import type { ReferencePage } from './reference-page.ts'

const description = `What happens in FlatRender, as services tell each other. Events are rows of \`platform.events\`, written in the
transaction of the change itself, and CloudEvents 1.0 by their names. Consumers may hear of one twice, and in any order.`

/** The page of all types of events, as an AsyncAPI 3.0 document. */
export function makeAsyncApiPage(
  events: Readonly<Record<string, EventDefinition>>,
  version: string,
): ReferencePage {
  const types = Object.keys(events).toSorted()
  const messageOf = (type: string) => type.replaceAll('.', '_')
  const document = {
    asyncapi: '3.0.0',
    info: { title: 'FlatRender', version, description },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      types.map((type) => [
        messageOf(type),
        { address: type, messages: { event: { $ref: `#/components/messages/${messageOf(type)}` } } },
      ]),
    ),
    operations: Object.fromEntries(
      types.map((type) => [
        `tell_${messageOf(type)}`,
        { action: 'send', channel: { $ref: `#/channels/${messageOf(type)}` } },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        types.map((type) => [
          messageOf(type),
          { name: type, summary: events[type]!.summary, payload: describeEnvelope(type, events[type]!) },
        ]),
      ),
    },
  }
  return {
    path: 'docs/reference/asyncapi.yaml',
    text: stringify(document, { lineWidth: 120, aliasDuplicateObjects: false }),
  }
}

/** An event as its consumers receive it. */
function describeEnvelope(type: string, { data }: EventDefinition): object {
  const { $schema: _, ...schema } = z.toJSONSchema(data)
  const text = { type: 'string' }
  const id = { type: 'string', format: 'uuid' }
  return {
    type: 'object',
    required: ['id', 'type', 'source', 'happenedAt', 'data'],
    properties: {
      id,
      type: { const: type },
      source: { const: type.split('.')[0] },
      subject: { type: ['string', 'null'], description: 'id of the row that it is about' },
      tenantId: { type: ['string', 'null'], format: 'uuid' },
      happenedAt: { ...text, format: 'date-time' },
      trace: { type: ['string', 'null'], description: 'W3C traceparent' },
      data: schema,
    },
  }
}
