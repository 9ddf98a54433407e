import type { Actor } from '@flatrender/contracts/call'
import type { FastifyRequest } from 'fastify'
import type { Counted } from './limits/limit-requests.ts'

/** What is learned of a request on its way, for who counts and logs it at the end. */
export interface RequestNote {
  /** What its address has left. */
  address?: Counted
  /** Its address was given out by us, and opens what it asks for: no limit of visitors is for it. */
  signed?: boolean
  actor?: Actor
  /** Such as `identity.users.me`: paths themselves are anybody's invention, and would never end. */
  procedure?: string
  errorCode?: string
}

/** The note of a request; everybody gets the same. */
export type RequestNotes = (request: FastifyRequest) => RequestNote

/** Notes that live as long as their requests. */
export function createRequestNotes(): RequestNotes {
  const notes = new WeakMap<FastifyRequest, RequestNote>()
  return (request) => {
    const known = notes.get(request)
    if (known !== undefined) return known
    const fresh: RequestNote = {}
    notes.set(request, fresh)
    return fresh
  }
}
