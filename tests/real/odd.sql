-- What schemas have besides plain tables: for kvar_schema() to tell, and for tests/data/kvar-schema.json.
create view public.renamed as select ref as id, id as key, title from public.jobs;
create view public.over as select key, title from public.renamed where exists (select 1 from public.contacts);
create view public.sub as select (select id from public.contacts limit 1) as id, title from public.jobs;
create view public.joined as
  select j.id, c.full_name from public.jobs j join public.contacts c on c.id = j.contact_id;
create view public.nokey as select title from public.jobs;
create view public.grouped as select status, count(*) as n from public.jobs group by status;
create view public.pair as select contact_id as c, job_id as j, role from public.job_contacts;
create materialized view public.mat as select 1 as id;

create domain public.email as text check (value like '%@%') not null;
create domain public.money2 as numeric(10,2) default 1;
create domain public.money3 as public.money2 check (value > 0);
create table public.odd (
  "Mixed Case" integer primary key,
  e public.email,
  m public.money3,
  n numeric(3,-2),
  v varchar(5)[],
  s public.job_status[],
  c char(3),
  t timestamp(3) with time zone,
  iv interval,
  b bytea,
  p point,
  x xml,
  "order" integer,
  gen integer generated always as identity
);
create table public.parts (
  id bigint generated always as identity, at date not null, note text, primary key (id, at)
) partition by range (at);
create table public.parts_2026 partition of public.parts for values from ('2026-01-01') to ('2027-01-01');
create table public.child (
  id integer primary key, part_id bigint, part_at date,
  foreign key (part_id, part_at) references public.parts (id, at)
);
create table public.hidden_cols (id integer primary key, open text, closed text);

create function public.io(inout a integer, out b text, variadic c integer[] default '{}') language sql as
  'select a, a::text';
create function public.trg() returns trigger language plpgsql as 'begin return new; end';

grant select on public.renamed, public.over, public.sub, public.joined, public.nokey, public.grouped, public.pair,
  public.odd, public.mat, public.child to authenticated;
grant select, insert on public.parts to authenticated;
grant select (id, open), update (open) on public.hidden_cols to authenticated;
grant delete on public.pair to authenticated;

comment on table public.odd is
  'Odd. @kvar({"title": {"en": "Odd things", "sv": "Udda"}, "label": "e"}) Really.';
comment on column public.odd."order" is
  'Which comes first @kvar({"title": {"sv": "Ordning", "en": "Order"}, "file": "pictures"})';
comment on table public.hidden_cols is '@kvar({"hidden": true, "version": "open"})';
comment on view public.grouped is '@kvar({"key": ["status"]})';
comment on function public.search_jobs is
  'Case-insensitive title search @kvar({"title": {"en": "Search jobs", "sv": "Sök jobb"}})';
comment on function public.touch_job is '@kvar({"action": "jobs", "confirm": true})';
