/**
 * Which rows of the queue are of no more use, as an SQL condition on `graphile_worker._private_jobs`: a job with a key that was
 * asked for again while it ran. Graphile Worker takes its key away and counts its attempts full, for its successor does the same; if
 * its process dies meanwhile, it stays behind. `platform.enqueue` marks those with keys, and regular jobs have a mark of the queue's own.
 */
export const SUPERSEDED =
  "(key is null and (coalesce(flags ? 'keyed', false) or payload->'_cron' is not null))"
