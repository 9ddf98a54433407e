-- The tenant that everything hangs from.
insert into identity.tenants (id, kind, slug, name, bills)
values ('00000000-0000-0000-0000-000000000001', 'platform', 'flatrender', 'FlatRender', 'user')
on conflict (id) do nothing;
