create table t (id int primary key, v text) with oids; insert into t select i, 'v' from generate_series(1, 5) i;
create table by_number (v text) with oids; create unique index on by_number (oid); insert into by_number values ('a'), ('b'), ('b');
create table keyed_by_number (v text) with oids; alter table keyed_by_number add primary key (oid); insert into keyed_by_number values ('a'), ('b'), ('b');
