create table app."my table" (id int);
create type app.mood as enum ('a');
create function app.f(int) returns int language sql as 'select 1';
create table t (id int primary key, c regclass, ty regtype, p regprocedure, f regproc, o regoper, op regoperator, ns regnamespace, r regrole, cfg regconfig, d regdictionary);
