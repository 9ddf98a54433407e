import { type Call, callAsSystem } from '@flatrender/contracts/call'
import { placeOf } from '@flatrender/contracts/secrets'
import type { Event } from '@flatrender/platform/events'
import { seal, unseal } from '@flatrender/platform/secrets'
import type { NotificationDeps } from '../deps.ts'
import { type MailedType, mailedTypes, tokenTypes } from '../words/words.ts'
import { writeMail } from '../words/write-mail.ts'
import { beginDelivery, emptyDeliveries, finishDelivery, noteFailure } from './deliveries-store.ts'
import { readUserId } from './read-user-id.ts'

/**
 * Mails what an event says to whom it is about, unless that was done already or they are gone. Errors: those of
 * the mail server; the queue tries again.
 */
export async function mailEvent(deps: NotificationDeps, event: Event): Promise<void> {
  const { database, identity, mailer, secretKeys } = deps
  const { id: eventId, tenantId, subject } = event
  const type = mailedTypes.find((mailed) => mailed === event.type)
  if (type === undefined || tenantId === null || subject === null) return
  const invited = type === 'identity.invitation.requested'
  // An event may be about something else of theirs, such as a factor.
  const userId = invited ? null : readUserId(event)
  const context = { context: callFor(tenantId, event) }
  const invitee = userId === null ? await identity.access.inviteeOf({ invitationId: subject }, context) : null
  const contact = userId === null ? invitee : await identity.access.contactOf({ userId }, context)
  if (contact === null) return
  const { name: sender, address, replyTo, ...look } = await identity.access.senderOf({}, context)
  const scope = { tenantId, visibleTenants: [] }
  const { email, name, language } = contact
  const place = placeOf('notification.deliveries.sealed_recipient', { event_id: eventId })
  const sealRecipient = (secret: string) => seal(secretKeys, place, secret)
  const id = await database.transact(scope, (transaction) =>
    beginDelivery(transaction, {
      tenantId,
      eventId,
      userId,
      type,
      language,
      recipient: email,
      seal: sealRecipient,
    }),
  )
  if (id === undefined) return
  // Deleted in between, they may have been forgotten before this was noted.
  if (userId !== null && (await identity.access.contactOf({ userId }, context)) === null)
    return database.transact(scope, (transaction) => emptyDeliveries(transaction, { tenantId, userId }))
  const messageId = `${id}@flatrender`
  try {
    const token = readToken(deps, event, type)
    const from = { name: sender, address }
    const mail = writeMail({ type, language, name, token, invitation: invitee?.invitation, look })
    await mailer.send({ to: email, from, replyTo, messageId, ...mail })
  } catch (error) {
    const { message } = error as Error
    await database.transact(scope, (transaction) =>
      noteFailure(transaction, { tenantId, id, error: message }),
    )
    throw error
  }
  await database.transact(scope, (transaction) =>
    finishDelivery(transaction, { tenantId, id, provider: mailer.name, messageId }),
  )
}

/** Tokens travel sealed, bound to whom they are for. */
function readToken({ secretKeys }: NotificationDeps, event: Event, type: MailedType): string | undefined {
  const { sealedToken } = event.data
  if (!tokenTypes.some((bringing) => bringing === type)) return undefined
  if (typeof sealedToken !== 'string') throw new Error(`event ${event.id} of type ${type} has no token`)
  const place = placeOf('platform.events.data', { subject: String(event.subject) })
  return unseal(secretKeys, place, Buffer.from(sealedToken, 'base64')).toString()
}

function callFor(tenantId: string, { trace }: Event): Call {
  return { ...callAsSystem(tenantId), ...(trace !== null && { trace }) }
}
