import { type PersonalTables, personal } from '@flatrender/platform/personal'

/** Where contents lie, and what they are compared by. */
const machines = ['hash', 'object_key']

/** Every table with rows of a person, once for each column that says so. A test compares it with the database. */
export const personalTables: PersonalTables = {
  schema: 'file_mgr',
  tables: [
    personal('folders', 'owner_id', 'deleted'),
    // Deleted as files are: the row stays for those who ask after it, without a name.
    personal('files', 'owner_id', 'kept', machines),
    personal('files', 'account_id', 'kept', machines),
    personal('file_versions', 'author_id', 'kept', machines),
    personal('quotas', 'account_id', 'kept'),
    // They end by themselves, a day later at most.
    personal('upload_sessions', 'owner_id', 'kept', [
      'expected_hash',
      'object_key',
      'storage_upload',
      'parts',
    ]),
    personal('upload_sessions', 'account_id', 'kept', [
      'expected_hash',
      'object_key',
      'storage_upload',
      'parts',
    ]),
  ],
}
