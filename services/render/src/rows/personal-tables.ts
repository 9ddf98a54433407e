import { type PersonalTables, personal } from '@flatrender/platform/personal'

/** Where a render's files lie, and what it was planned by. */
const machines = ['template_package', 'media', 'plan_hash', 'plan_object_key']
const asked = ['request_key']

/** Every table with rows of a person, once for each column that says so. A test compares it with the database. */
export const personalTables: PersonalTables = {
  schema: 'render',
  tables: [
    // Books of what was made and paid; what was given to make it is emptied.
    personal('batches', 'owner_id', 'kept'),
    personal('batches', 'account_id', 'kept'),
    personal('batch_rows', 'owner_id', 'kept'),
    personal('render_jobs', 'owner_id', 'kept', machines),
    personal('render_jobs', 'account_id', 'kept', machines),
    personal('account_shares', 'account_id', 'kept'),
    personal('snapshot_requests', 'owner_id', 'deleted', asked),
    personal('snapshot_requests', 'account_id', 'deleted', asked),
  ],
}
