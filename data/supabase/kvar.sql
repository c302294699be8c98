-- kvar.sql: lets Kvar see what a signed-in person may see: tables, columns, keys, functions.
--
-- Run it once in your project, for instance in the SQL editor of the Supabase dashboard. Running
-- it again replaces it. It makes one function and changes nothing else; the last line of this
-- file says how to take it away.
--
-- The function reads PostgreSQL's own catalogs as the person who calls it, so it tells nobody of
-- a table or column on which they have no privilege. It reads no rows of your tables. It answers
-- for the schema that is asked through the API ("public", unless you expose others).
--
-- What it answers:
--   {"version": 1,
--    "relations": [{"schema", "name", "kind": "table" | "view" | "materialized view" |
--      "partitioned table" | "foreign table", "comment", "insertable", "updatable", "deletable",
--      "select_all": whether the caller may read the whole table,
--      "primary_key": [column], a view's being that of the one table whose rows it shows,
--      "unique_keys": [{"name", "columns": [column]}],
--      "foreign_keys": [{"name", "columns": [column], "foreign_schema", "foreign_table",
--        "foreign_columns": [column]}],
--      "columns": [{"name", "type", "base_type", "type_category", "nullable", "default",
--        "identity": "always" | "by default" | null, "generated", "max_length", "precision",
--        "scale", "enum": [label] | null, "comment", "select", "insert", "update"}]}],
--    "functions": [{"schema", "name", "arguments": [{"name", "type", "base_type", "enum",
--      "has_default", "mode": "in" | "out" | "inout" | "variadic" | "table"}], "result",
--      "returns_set", "volatility": "stable" | "immutable" | "volatile", "comment"}],
--    "settings": {"date_style", "interval_style", "time_zone"}}
--
-- Comments may carry a directive for Kvar, in one or several languages:
--   comment on table jobs is 'What we do. @kvar({"title": {"en": "Jobs", "sv": "Jobb"}})';

create or replace function public.kvar_schema()
returns jsonb
language sql
stable
security invoker
as $kvar$
with
-- The schema of this request: PostgREST puts it first.
here as (
  select n.oid, n.nspname
  from pg_catalog.pg_namespace n
  where n.nspname = pg_catalog.current_schema()
),
-- What is below a type: for a domain its base type with the domain's length or precision, for
-- all others itself. Domains over domains are followed to the end.
base_types as (
  with recursive below as (
    select t.oid as type_oid, t.oid as base_oid, t.typbasetype as next_oid, t.typtypmod as modifier
    from pg_catalog.pg_type t
    where t.typtype = 'd'
    union all
    select b.type_oid, t.oid, t.typbasetype,
           case when b.modifier = -1 and t.typtype = 'd' then t.typtypmod else b.modifier end
    from below b
    join pg_catalog.pg_type t on t.oid = b.next_oid
  )
  select b.type_oid, b.base_oid, b.modifier from below b where b.next_oid = 0
),
labels as (
  select e.enumtypid as type_oid,
         pg_catalog.jsonb_agg(e.enumlabel order by e.enumsortorder) as labels
  from pg_catalog.pg_enum e
  group by e.enumtypid
),
relations as (
  select c.oid, c.relname, c.relkind,
         pg_catalog.has_table_privilege(c.oid, 'SELECT') as select_all,
         pg_catalog.has_table_privilege(c.oid, 'DELETE') as may_delete,
         -- As PostgreSQL knows it, triggers included: 4 update, 8 insert, 16 delete.
         pg_catalog.pg_relation_is_updatable(c.oid::pg_catalog.regclass, true) as verbs
  from pg_catalog.pg_class c
  join here on here.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f')
    and not c.relispartition
    -- What extensions bring along is theirs, and rarely anybody's data.
    and not exists (
      select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and d.objid = c.oid and d.deptype = 'e'
    )
    and (pg_catalog.has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE')
         or pg_catalog.has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE'))
),
columns as (
  select r.oid as relation_oid, a.attnum, a.attname,
         pg_catalog.has_column_privilege(r.oid, a.attnum, 'SELECT') as may_select,
         pg_catalog.has_column_privilege(r.oid, a.attnum, 'INSERT') as may_insert,
         pg_catalog.has_column_privilege(r.oid, a.attnum, 'UPDATE') as may_update,
         pg_catalog.jsonb_build_object(
           'name', a.attname,
           'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
           'base_type', pg_catalog.format_type(coalesce(bt.base_oid, a.atttypid), m.modifier),
           'type_category', base.typcategory,
           'nullable', not (a.attnotnull or (t.typtype = 'd' and t.typnotnull)),
           'default', case when a.attgenerated = ''
                           then coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), t.typdefault)
                      end,
           'identity', case a.attidentity when 'a' then 'always' when 'd' then 'by default' end,
           'generated', a.attgenerated <> '',
           'max_length', case when base.oid in (1042, 1043) and m.modifier >= 4
                              then m.modifier - 4 end,
           'precision', case when base.oid = 1700 and m.modifier >= 4
                             then ((m.modifier - 4) >> 16) & 65535 end,
           -- Eleven bits with a sign: numeric(3, -2) rounds to hundreds.
           'scale', case when base.oid = 1700 and m.modifier >= 4
                         then (((m.modifier - 4) & 2047) # 1024) - 1024 end,
           'enum', l.labels,
           'comment', pg_catalog.col_description(r.oid, a.attnum),
           'select', pg_catalog.has_column_privilege(r.oid, a.attnum, 'SELECT'),
           'insert', pg_catalog.has_column_privilege(r.oid, a.attnum, 'INSERT'),
           'update', pg_catalog.has_column_privilege(r.oid, a.attnum, 'UPDATE')
         ) as told
  from relations r
  join pg_catalog.pg_attribute a
    on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  join pg_catalog.pg_type t on t.oid = a.atttypid
  left join base_types bt on bt.type_oid = a.atttypid
  join pg_catalog.pg_type base on base.oid = coalesce(bt.base_oid, a.atttypid)
  cross join lateral (select coalesce(bt.modifier, a.atttypmod) as modifier) m
  left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join labels l
    on l.type_oid = case when base.typcategory = 'A' then base.typelem else base.oid end
),
keys as (
  select k.oid, k.conrelid, k.confrelid, k.conname, k.contype,
         pg_catalog.jsonb_agg(a.attname order by p.position) as columns,
         pg_catalog.jsonb_agg(f.attname order by p.position) as foreign_columns
  from pg_catalog.pg_constraint k
  cross join lateral pg_catalog.generate_subscripts(k.conkey, 1) as p (position)
  join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[p.position]
  left join pg_catalog.pg_attribute f
    on f.attrelid = k.confrelid and f.attnum = k.confkey[p.position]
  where k.contype in ('p', 'u', 'f')
    -- Those that partitioned tables hang on their partitions' references are no others.
    and k.conparentid = 0
  group by k.oid, k.conrelid, k.confrelid, k.conname, k.contype
),
-- A view that PostgreSQL can update by itself shows rows of exactly one relation, each once: if it
-- has that one's key columns, under whatever names, they are its key too. Where a view's column
-- comes from stands in its stored query, one entry a column; a column whose name and number a
-- subquery has as well is left out. Views below views are followed.
view_columns as (
  select w.ev_class as view_oid, a.attnum, pg_catalog.min(e.entry[3])::pg_catalog.oid as origin_oid,
         pg_catalog.min(e.entry[4])::pg_catalog.int2 as origin_attnum
  from pg_catalog.pg_rewrite w
  join pg_catalog.pg_class c on c.oid = w.ev_class and c.relkind = 'v'
  cross join lateral pg_catalog.regexp_matches(
    w.ev_action::pg_catalog.text,
    ':resno (\d+) :resname (\S+) :ressortgroupref \d+ :resorigtbl (\d+) :resorigcol (\d+)',
    'g') as e (entry)
  join pg_catalog.pg_attribute a
    on a.attrelid = w.ev_class and a.attnum = e.entry[1]::pg_catalog.int2
   and a.attname = e.entry[2]
  where w.ev_class >= 16384
    and pg_catalog.pg_relation_is_updatable(w.ev_class::pg_catalog.regclass, false) & 16 = 16
  group by w.ev_class, a.attnum
  having pg_catalog.count(distinct e.entry[3:4]) = 1
),
view_origins as (
  with recursive origins as (
    select v.view_oid, v.attnum, v.origin_oid, v.origin_attnum, 1 as depth
    from view_columns v
    join relations r on r.oid = v.view_oid
    union all
    select o.view_oid, o.attnum, v.origin_oid, v.origin_attnum, o.depth + 1
    from origins o
    join view_columns v on v.view_oid = o.origin_oid and v.attnum = o.origin_attnum
    where o.depth < 8
  )
  select o.view_oid, a.attname, o.origin_oid, o.origin_attnum
  from origins o
  join pg_catalog.pg_attribute a on a.attrelid = o.view_oid and a.attnum = o.attnum
),
view_keys as (
  select o.view_oid, pg_catalog.jsonb_agg(o.attname order by p.position) as columns
  from pg_catalog.pg_constraint k
  cross join lateral pg_catalog.generate_subscripts(k.conkey, 1) as p (position)
  join view_origins o on o.origin_oid = k.conrelid and o.origin_attnum = k.conkey[p.position]
  where k.contype = 'p'
  group by o.view_oid, k.oid, k.conkey
  having pg_catalog.count(*) = pg_catalog.cardinality(k.conkey)
     and pg_catalog.count(distinct p.position) = pg_catalog.cardinality(k.conkey)
),
told_relations as (
  select r.relname, pg_catalog.jsonb_build_object(
    'schema', here.nspname,
    'name', r.relname,
    'kind', case r.relkind
              when 'r' then 'table' when 'v' then 'view' when 'm' then 'materialized view'
              when 'p' then 'partitioned table' else 'foreign table'
            end,
    'comment', pg_catalog.obj_description(r.oid, 'pg_class'),
    'insertable', r.verbs & 8 = 8 and c.any_insert,
    'updatable', r.verbs & 4 = 4 and c.any_update,
    'deletable', r.verbs & 16 = 16 and r.may_delete,
    'select_all', r.select_all,
    'primary_key', coalesce(
      (select k.columns from keys k where k.conrelid = r.oid and k.contype = 'p'),
      (select k.columns from view_keys k where k.view_oid = r.oid limit 1),
      '[]'),
    'unique_keys', coalesce(
      (select pg_catalog.jsonb_agg(
                pg_catalog.jsonb_build_object('name', k.conname, 'columns', k.columns)
                order by k.conname)
       from keys k where k.conrelid = r.oid and k.contype = 'u'),
      '[]'),
    'foreign_keys', coalesce(
      (select pg_catalog.jsonb_agg(
                pg_catalog.jsonb_build_object(
                  'name', k.conname, 'columns', k.columns,
                  'foreign_schema', fn.nspname, 'foreign_table', fc.relname,
                  'foreign_columns', k.foreign_columns)
                order by k.conname)
       from keys k
       join pg_catalog.pg_class fc on fc.oid = k.confrelid
       join pg_catalog.pg_namespace fn on fn.oid = fc.relnamespace
       where k.conrelid = r.oid and k.contype = 'f'),
      '[]'),
    'columns', c.told
  ) as told
  from relations r
  cross join here
  join (
    select c.relation_oid, pg_catalog.jsonb_agg(c.told order by c.attnum) as told,
           pg_catalog.bool_or(c.may_insert) as any_insert,
           pg_catalog.bool_or(c.may_update) as any_update
    from columns c
    where c.may_select or c.may_insert or c.may_update
    group by c.relation_oid
  ) c on c.relation_oid = r.oid
),
arguments as (
  select p.oid as function_oid, pg_catalog.jsonb_agg(
    pg_catalog.jsonb_build_object(
      'name', coalesce(p.proargnames[i.position], ''),
      'type', pg_catalog.format_type(i.type_oid, null),
      'base_type', pg_catalog.format_type(coalesce(bt.base_oid, i.type_oid), bt.modifier),
      'enum', l.labels,
      'mode', case coalesce(p.proargmodes[i.position], 'i')
                when 'i' then 'in' when 'o' then 'out' when 'b' then 'inout'
                when 'v' then 'variadic' else 'table'
              end,
      -- Defaults belong to the last of the arguments that are given.
      'has_default', coalesce(p.proargmodes[i.position], 'i') in ('i', 'b', 'v')
                     and i.given > p.pronargs - p.pronargdefaults
    ) order by i.position) as told
  from pg_catalog.pg_proc p
  join here on here.oid = p.pronamespace
  cross join lateral (
    select a.type_oid, a.position,
           pg_catalog.count(*) filter (
             where coalesce(p.proargmodes[a.position], 'i') in ('i', 'b', 'v')
           ) over (order by a.position) as given
    from pg_catalog.unnest(coalesce(p.proallargtypes, p.proargtypes::pg_catalog.oid[]))
      with ordinality as a (type_oid, position)
  ) i
  join pg_catalog.pg_type t on t.oid = i.type_oid
  left join base_types bt on bt.type_oid = i.type_oid
  left join labels l
    on l.type_oid = case when t.typcategory = 'A' then t.typelem
                         else coalesce(bt.base_oid, t.oid) end
  group by p.oid
),
told_functions as (
  select p.proname, p.oid, pg_catalog.jsonb_build_object(
    'schema', here.nspname,
    'name', p.proname,
    'arguments', coalesce(a.told, '[]'),
    'result', pg_catalog.pg_get_function_result(p.oid),
    'returns_set', p.proretset,
    'volatility', case p.provolatile
                    when 's' then 'stable' when 'i' then 'immutable' else 'volatile'
                  end,
    'comment', pg_catalog.obj_description(p.oid, 'pg_proc')
  ) as told
  from pg_catalog.pg_proc p
  join here on here.oid = p.pronamespace
  left join arguments a on a.function_oid = p.oid
  where p.prokind = 'f'
    and p.prorettype not in ('pg_catalog.trigger'::pg_catalog.regtype,
                             'pg_catalog.event_trigger'::pg_catalog.regtype)
    and p.proname <> 'kvar_schema'
    and pg_catalog.has_function_privilege(p.oid, 'EXECUTE')
    and not exists (
      select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
        and d.objid = p.oid and d.deptype = 'e'
    )
)
select pg_catalog.jsonb_build_object(
  'version', 1,
  'relations', coalesce(
    (select pg_catalog.jsonb_agg(r.told order by r.relname) from told_relations r), '[]'),
  'functions', coalesce(
    (select pg_catalog.jsonb_agg(f.told order by f.proname, f.oid) from told_functions f), '[]'),
  'settings', pg_catalog.jsonb_build_object(
    'date_style', pg_catalog.current_setting('DateStyle'),
    'interval_style', pg_catalog.current_setting('IntervalStyle'),
    'time_zone', pg_catalog.current_setting('TimeZone')))
$kvar$;

comment on function public.kvar_schema() is
  'Tells Kvar which tables, columns and functions the caller may use.';

-- PostgreSQL lets everybody execute a new function, and Supabase grants it by name as well.
revoke execute on function public.kvar_schema() from public;
do $kvar$
begin
  if exists (select from pg_catalog.pg_roles where rolname = 'anon') then
    revoke execute on function public.kvar_schema() from anon;
  end if;
  if exists (select from pg_catalog.pg_roles where rolname = 'authenticated') then
    grant execute on function public.kvar_schema() to authenticated;
  end if;
end
$kvar$;

-- PostgREST learns of the function.
notify pgrst, 'reload schema';

-- To take it away again: drop function public.kvar_schema();
