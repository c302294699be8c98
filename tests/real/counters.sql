-- One number to count in, for each way in which a save can be guarded: for test-real-counter.

-- By xmin: the whole table may be read.
create table public.counters (id integer primary key, n bigint not null default 0, note text);
insert into public.counters (id) values (1);
grant select, insert, update, delete on public.counters to authenticated;

-- By the value itself: only columns are granted, and nothing tells a version.
create table public.granted_counters (id integer primary key, n bigint not null default 0, hidden text);
insert into public.granted_counters (id) values (1);
grant select (id, n), update (id, n) on public.granted_counters to authenticated;

-- By a version column.
create table public.versioned_counters (id integer primary key, n bigint not null default 0,
                                        updated_at timestamptz not null default now(), hidden text);
comment on table public.versioned_counters is '@kvar({"version": "updated_at"})';
insert into public.versioned_counters (id) values (1);
grant select (id, n, updated_at), update (id, n) on public.versioned_counters to authenticated;
create function public.touch_counter() returns trigger language plpgsql as
  $$ begin new.updated_at := clock_timestamp(); return new; end $$;
create trigger touch before update on public.versioned_counters
  for each row execute function public.touch_counter();

-- In a view.
create table public.behind_counters (id integer primary key, n bigint not null default 0);
insert into public.behind_counters (id) values (1);
create view public.counters_seen with (security_invoker = true) as select id, n from public.behind_counters;
comment on view public.counters_seen is '@kvar({"key": ["id"]})';
grant select, update on public.behind_counters, public.counters_seen to authenticated;

notify pgrst, 'reload schema';
