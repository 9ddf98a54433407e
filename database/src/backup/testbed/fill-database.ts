import type { Client } from 'pg'

const T = "'00000000-0000-0000-0000-000000000001'"
const id = (number: number) => `'00000000-0000-7000-8000-${String(number).padStart(12, '0')}'`
const HASH = `decode(repeat('0aff005c', 8), 'hex')`

/** Rows of every schema with values that are easily lost: nothing and null, line breaks, microseconds, circles of keys. */
const FILL = `
insert into identity.tenants (id, parent_id, kind, slug, name) values
  (${id(1)}, ${id(2)}, 'customer', 'leaf', E'tab\\tbreak\\nback\\\\slash \\\\N'), (${id(2)}, ${T}, 'reseller', 'branch', 'ش ✓');
insert into identity.users (tenant_id, id, email, name, password_hash, created_at) values
  (${id(1)}, ${id(3)}, 'Ada@Example.org', '', null, '2026-03-29 01:59:59.999999+00'), (${T}, ${id(4)}, 'b@c.de', 'B', '$argon2id$x', '0044-03-15 BC');
insert into identity.signing_keys (kid, public_jwk, sealed_private_key) values ('k', '{"x": 1e2, "y": "\\u00e9"}', '\\x00ff5c0a0d');
insert into identity.mfa_factors (tenant_id, user_id, kind, credential_id, public_key, sign_count, transports) values
  (${id(1)}, ${id(3)}, 'webauthn', '\\x01', '\\x', 4294967295, array['usb', '', null, 'a,"b"', 'null']);
insert into identity.audit_logs (tenant_id, actor_kind, action, address, before, user_agent) values
  (${id(1)}, 'system', 'user.created', '2001:db8::1/64', 'null', null), (${T}, 'system', 'user.created', '10.0.0.1', null, '');
insert into identity.tenant_api_request_logs (tenant_id, requested_at, request_id, method, route, status, duration_ms) values
  (${id(1)}, '2026-01-15', 'r', 'GET', '/', 200, 1), (${id(1)}, now(), 'r', 'GET', '/', 200, 1), (${T}, '2019-01-01', 'r', 'GET', '/', 500, 2);
insert into identity.credit_accounts (tenant_id, account_id) values (${T}, ${T});
insert into notification.notifications (tenant_id, id, user_id, event_id, type, payload) values
  (${id(1)}, ${id(5)}, ${id(3)}, ${id(6)}, 'gift.earned', '{"title": {"fa": "ه"}}');
insert into identity.gifts (tenant_id, id, slug, name) values (${id(1)}, ${id(7)}, 'g', '{"en": "G"}');
insert into identity.earned_gifts (tenant_id, user_id, gift_id, reward, notification_id) values (${id(1)}, ${id(3)}, ${id(7)}, '{}', ${id(5)});
insert into content.templates (tenant_id, id, slug, name, duration_seconds, languages, formats) values
  (${T}, ${id(8)}, 'one', '{}', 1.250, array['fa', 'en'], '{}');
insert into content.template_versions (tenant_id, id, template_id, version, state, published_at, package_hash, package_sha256, package_key, package_bytes, manifest, fps, engine_minimum)
  values (${T}, ${id(9)}, ${id(8)}, '1.0.0', 'published', now(), ${HASH}, ${HASH}, 'k', 9007199254740993, '{"n": 12345678901234567890.10}', '30', '2.0.0');
update content.templates set state = 'published', published_at = now(), current_version_id = ${id(9)};
update content.templates set shared = true;
insert into content.tags (tenant_id, id, parent_id, slug, name) values (${T}, ${id(10)}, ${id(11)}, 'inner', '{}'), (${T}, ${id(11)}, null, 'outer', '{}');
insert into studio.audio_tracks (tenant_id, kind, title, bpm, duration_ms, file_id, licence) values (${T}, 'music', '{}', 120.50, 1, ${id(12)}, '');
insert into render.nodes (tenant_id, id, name, last_address) values (${T}, ${id(13)}, 'n', '::1');
insert into render.node_health_logs (tenant_id, node_id, state, cpu_load, memory_used_bytes, memory_total_bytes, disk_used_bytes, disk_total_bytes, reported_at)
  values (${T}, ${id(13)}, 'online', 0.1234, 1, 2, 1, 2, '2026-01-31 23:59:59.999999+00');
insert into file_mgr.folders (tenant_id, id, parent_id, name) values (${T}, ${id(14)}, ${id(15)}, 'Inner'), (${T}, ${id(15)}, null, 'outer');
insert into platform.subscriptions (consumer, type) values ('render.count', 'identity.user.created');
insert into platform.idempotency_keys (tenant_id, service, actor_id, procedure, key, request_hash, status, answer) values
  (${T}, 'identity', ${T}, 'p', 'k', '\\x', 200, '{}'), (${T}, 'gateway', ${T}, 'p', 'k', '\\xff', null, null);
insert into platform.handled_events (consumer, event_id) values ('render.count', ${id(16)});
insert into platform.workers (id, services, host, pid, beat_at) values ('gone', '{}', 'h', 1, now() - interval '1 hour');
select graphile_worker.add_job('render.keep', '{"n": 1}', queue_name => 'q', job_key => 'one');
select graphile_worker.add_job('render.held', '{"a":  [1]}', run_at => '2030-01-01');
update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gone' where key is null;
update graphile_worker._private_job_queues set locked_at = now(), locked_by = 'gone';
insert into graphile_worker._private_known_crontabs (identifier, known_since) values ('platform.remove_expired', now());
insert into platform.events (tenant_id, type, source, subject, data) values (${T}, 'identity.user.created', 'identity', '', '{"a": null}');
insert into identity.login_throttles (tenant_id, kind, hash) values (${T}, 'account', ${HASH});
`

/** Puts rows into tables of every schema, as a superuser. */
export async function fillDatabase(client: Client): Promise<void> {
  await client.query(FILL)
}
