insert into node select i, case when i < 20 then i + 1 end from generate_series(1, 20) i;
insert into parent select generate_series(1, 8);
insert into child select i, i from generate_series(1, 8) i;
