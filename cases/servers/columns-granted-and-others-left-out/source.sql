insert into t values (1, 'a', 'b');
grant usage on schema public to ${role};
grant select (id, shown) on t to ${role};
insert into t values (2, 'c', 'd'), (3, 'e', 'f');
