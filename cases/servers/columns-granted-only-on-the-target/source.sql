insert into t values (1, 'a', 'b');
insert into read_only values (1, 'a', 'b');
insert into fixed values (1, 'a', 'b');
insert into enough values (1, 'a', 'b');
