import { rowsOfUser } from '../call/rows.ts'

/** What the notification service answers, to other services alone. */
export const notificationContract = { rows: { ofUser: rowsOfUser } }
