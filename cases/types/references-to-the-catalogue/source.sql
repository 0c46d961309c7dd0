create table app."filler 1" (); create table app."filler 2" ();
create table app."my table" (id int);
create type app.mood as enum ('a');
create function app.f(int) returns int language sql as 'select 1';
create table t (id int primary key, c regclass, ty regtype, p regprocedure, f regproc, o regoper, op regoperator, ns regnamespace, r regrole, cfg regconfig, d regdictionary);
insert into t values (1, 'app."my table"', 'app.mood', 'app.f(int)', 'app.f', 'pg_catalog.||/', 'pg_catalog.+(int,int)', 'app', 'postgres', 'english', 'simple'),
  (2, '-', '-', '-', '-', '0', '0', '-', '-', '-', '-'), (3, 'pg_class', 'numeric(10,2)[]', null, null, null, null, null, null, null, null);
