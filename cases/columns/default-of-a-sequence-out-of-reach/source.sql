create table t (id int primary key, v text);
create table taken (id int primary key, v text);
create table also_on_the_source (id int primary key, n int);
insert into t select i, 'v' from generate_series(1, 20) i;
insert into taken select i, 'v' from generate_series(1, 20) i;
insert into also_on_the_source select i, i from generate_series(1, 20) i;
grant usage on schema public to ${role};
grant select on t, taken, also_on_the_source to ${role};
