alter table parent add v text;
insert into parent values (1), (2);
begin;
insert into a select i, i, 1 from generate_series(1, 3) i;
insert into b select i, i from generate_series(1, 3) i;
commit;
insert into child values (1, 1);
