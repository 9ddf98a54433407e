import type { Client } from '@flatrender/contracts/call'
import type { notificationContract } from '@flatrender/contracts/notification'
import type { Keeper } from '@flatrender/service-identity'
import type { ServiceName } from './settings.ts'

/** The services that keep something of people, beside identity. */
const keepers = ['content', 'file', 'render', 'notification'] as const
type KeeperName = (typeof keepers)[number]

/** What each of them answers alike. */
type RowsClient = Pick<Client<typeof notificationContract>['rows'], 'ofUser'>

/**
 * Whom identity asks for a personal export. Those of this process start after identity, so they are found when they are
 * asked; the others must be known at once. Errors: SETTING_INVALID where it isn't said where one is.
 */
export function findKeepers(
  services: readonly ServiceName[],
  find: (name: KeeperName) => { readonly rows: RowsClient },
): Readonly<Record<KeeperName, Keeper>> {
  const findLate = (name: KeeperName): Keeper =>
    services.includes(name)
      ? { rows: { ofUser: (input, options) => find(name).rows.ofUser(input, options) } }
      : find(name)
  return {
    content: findLate('content'),
    file: findLate('file'),
    render: findLate('render'),
    notification: findLate('notification'),
  }
}
