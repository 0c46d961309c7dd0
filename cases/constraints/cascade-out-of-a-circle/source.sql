alter table a add constraint a_to_b foreign key (b) references b;
alter table b add constraint b_to_a foreign key (a) references a;
alter table a alter constraint a_to_b deferrable initially deferred;
begin;
insert into a select i, i from generate_series(1, 8) i;
insert into b select i, i from generate_series(1, 8) i;
commit;
insert into note select i, i from generate_series(1, 8) i;
