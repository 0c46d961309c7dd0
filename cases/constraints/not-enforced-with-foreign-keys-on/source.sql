insert into parent select i, i from generate_series(1, 9) i; insert into child values (1, 1), (2, 99);
insert into keyless select generate_series(1, 9); insert into refers values (1, 1), (2, 77);
insert into one values (1, 50); insert into two values (1, 60);
