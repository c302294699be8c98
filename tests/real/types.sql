-- Every type that values can be of, at its ordinary and at its odd ends: for test-real-types.
create type public.shade as enum ('light', 'in between', 'Mörk, "svart"');
create type public.place as (street text, no integer);
create type public.span as range (subtype = float8);
create domain public.short_text as varchar(10) check (value <> 'bad');
create domain public.amount as numeric(40,20);
create domain public.words as text[];

create table public.types (
  id      integer primary key,
  t       text,
  vc      varchar(20),
  c       char(5),
  n       name,
  i2      smallint,
  i4      integer,
  i8      bigint,
  num     numeric,
  num2    numeric(12,2),
  f4      real,
  f8      double precision,
  b       boolean,
  d       date,
  ti      time,
  tz      timetz,
  ts      timestamp,
  ts3     timestamp(3),
  tsz     timestamptz,
  iv      interval,
  ivds    interval day to second(3),
  u       uuid,
  e       public.shade,
  j       json,
  jb      jsonb,
  by      bytea,
  bit8    bit(8),
  vb      varbit(12),
  m       money,
  x       xml,
  inet    inet,
  cidr    cidr,
  mac     macaddr,
  mac8    macaddr8,
  r4      int4range,
  rn      numrange,
  rd      daterange,
  rts     tsrange,
  rtz     tstzrange,
  rown    public.span,
  mr      int4multirange,
  mrd     datemultirange,
  tv      tsvector,
  tq      tsquery,
  pt      point,
  ln      line,
  ls      lseg,
  bx      box,
  pa      path,
  pg      polygon,
  ci      circle,
  comp    public.place,
  dt      public.short_text,
  da      public.amount,
  dw      public.words,
  at      text[],
  ai      integer[],
  an      numeric[],
  ab      boolean[],
  ad      date[],
  atsz    timestamptz[],
  ae      public.shade[],
  au      uuid[],
  aj      jsonb[],
  aby     bytea[],
  ar      int4range[],
  ainet   inet[],
  aiv     interval[],
  abx     box[],
  ax      xml[],
  acomp   public.place[]
);

insert into public.types values (
  1, 'plain', 'varchar', 'abc', 'a name', -32768, 2147483647, 9007199254740993,
  1234567890123456789012345678901234567890.0123456789, -12.50, 0.1, 1.0/7, true, '2026-11-20',
  '14:32:05.000001', '14:32:05+02', '2026-11-20 14:32:05.123456', '2026-11-20 14:32:05.123',
  '2025-01-13 06:30:00.123456+00', '1 year 2 mons -3 days 04:05:06.5', '3 days 04:05:06.789',
  '00000000-0000-4000-8000-00000000000a', 'in between',
  '{"b" : 1.00,  "b":2, "big": 123456789012345678901234567890}', '{"a": [1.50, null, "x"]}',
  '\x00deadbeef', '10101010', '0110', '1234.56', '<job ref="1">å &amp; b</job>',
  '192.168.0.10/24', '192.168.0.0/24', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05',
  '[1,10)', '(1.5,)', '[2026-01-01,2026-02-01)', '["2026-01-01 10:00:00",infinity)',
  '["2026-01-01 10:00:00+00","2026-01-02 10:00:00.5+00")', '[1.5,2.5]',
  '{[1,3),[5,8)}', '{[2026-01-01,2026-02-01)}', '''roof'':2,5A ''tak''''et'':1',
  '''roof'' & !''leak''', '(1.5,-2)', '{1,2,3}', '[(0,0),(1,1)]', '(3,4),(1,2)',
  '[(0,0),(1,1),(2,0)]', '((0,0),(1,1),(2,0))', '<(1,2),3.5>', '("Main, street",7)',
  'domain', 1234567890.12345678901234567890, '{a,"b c"}',
  '{plain,"x,y","q\"uote","back\\slash"," s","",NULL,"NULL","{b}"}', '{12,NULL,-1}',
  '{1.50,12345678901234567890.1,NaN}', '{t,f,NULL}', '{2026-11-20,infinity}',
  '{"2026-03-29 00:30:00.123456+00",-infinity}', '{light,"in between","Mörk, \"svart\""}',
  '{00000000-0000-4000-8000-00000000000a}', '{"{\"a\": 1.50}",NULL}', '{"\\xdead","\\x"}',
  '{"[1,3)",empty}', '{10.0.0.1,10.0.0.0/8}', '{"1 day","-00:00:01"}',
  '{(1,1),(0,0);(3,3),(2,2)}', '{"<a>1, 2</a>"}', '{"(\"a b\",1)",NULL}'
), (
  2, E'two\nlines, “quotes” \\ % _ * \t 😀 ‫עברית', '  blanks stay ', 'abcde', '',
  32767, -2147483648, -9223372036854775808, 'NaN', 9999999999.99, 'Infinity', '1e-300', false,
  '0044-03-15 BC', '24:00:00', '00:00:00.1-03:30', '0044-03-15 12:00:00 BC', 'infinity',
  '-infinity', '-00:00:00.000001', '00:00:00', 'ffffffff-ffff-4fff-bfff-ffffffffffff',
  'Mörk, "svart"', '[1,
 2]', '"text"', '\x', '00000000', '', '-0.01', '<?xml version="1.0"?><a> <b/> </a>',
  '2001:db8::1', '2001:db8::/32', 'ff:ff:ff:ff:ff:ff', 'ff:ff:ff:ff:ff:ff:ff:ff',
  'empty', '[,]', '(,2026-02-01)', 'empty', '(-infinity,infinity)', '(,)', '{}', '{}', '', '',
  '(Infinity,NaN)', '{0,1,0}', '[(0,0),(0,0)]', '(1,1),(1,1)', '((1,1))', '((1,1))',
  '<(0,0),0>', '(,)', '', 0, '{}', '{}', '{{1,2},{3,4}}', '[0:1]={1,2}', '{}', '{}', '{}', '{}',
  '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'
), (
  3, '', '', '', 'NULL', 0, 0, 0, -0.00000000000000000000000000000000000001, 0, '-0', '-0', null,
  '12026-01-01', '00:00', '12:00+00', '12026-01-01 00:00:00', '2026-11-20 00:00',
  '1850-01-01 12:00:00+00', 'P0D', '-1 day', null, 'light', '"null"', '0', '\x0a', '11111111',
  '1', '$0.00', '', '0.0.0.0/0', '0.0.0.0/0', '00:00:00:00:00:00', '00:00:00:00:00:00:00:00',
  '[-5,-1)', '[0,0]', '(,)', '(,)', '(,)', 'empty', '{(,)}', '{(,)}', 'a b', 'a | b', '(0,0)',
  '{1,-1,0}', '[(1,2),(3,4)]', '(2,2),(0,0)', '((0,0),(1,1))', '((0,0),(1,1))', '<(-1,-1),1>',
  '("",)', '          ', -1, '{"",NULL}', '{""}', '{NULL}', '{-Infinity}', '{f}',
  '{"0044-03-15 BC"}', '{"0044-03-15 12:00:00+00 BC"}', '{light}', '{NULL}', '{"null"}', '{"\\x00"}',
  '{NULL}', '{::1}', '{00:00:00}', '{(1,1),(0,0)}', '{NULL}', '{"(,)"}'
);
insert into public.types (id) values (4);
grant select, insert, update, delete on public.types to authenticated;

-- The same for somebody who may not read the whole table, and so not its system columns.
create table public.granted_types as select * from public.types;
alter table public.granted_types add primary key (id), add column hidden integer;
do $$
begin
  execute (select format('grant select (%1$s), update (%1$s) on public.granted_types to authenticated',
                         string_agg(quote_ident(attname), ', '))
           from pg_attribute
           where attrelid = 'public.granted_types'::regclass and attnum > 0 and attname <> 'hidden');
end $$;

create table public.types_before as select * from public.types;
notify pgrst, 'reload schema';
