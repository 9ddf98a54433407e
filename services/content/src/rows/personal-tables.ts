import { type PersonalTables, personal } from '@flatrender/platform/personal'

/** Every table with rows of a person, once for each column that says so. A test compares it with the database. */
export const personalTables: PersonalTables = {
  schema: 'content',
  tables: [
    personal('templates', 'owner_id', 'kept'),
    personal('characters', 'owner_id', 'kept'),
    // Its stars count for the template; the words go.
    personal('ratings', 'owner_id', 'kept'),
    personal('favourites', 'owner_id', 'deleted'),
    personal('blog_posts', 'author_id', 'kept'),
  ],
}
