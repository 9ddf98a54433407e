import { withClient } from '@flatrender/database'
import { openHome } from './open-home.ts'

/** Takes the plans' limits off what is rendered in an installation that runs: for tests that render long and are about else. */
export async function liftPlans(home: string): Promise<void> {
  const opened = await openHome(home)
  try {
    await withClient(opened.ownerUrl, (client) =>
      client.query('update identity.plans set monthly_minutes = null, allows_api = true'),
    )
  } finally {
    await opened.close()
  }
}
