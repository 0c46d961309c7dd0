insert into base values (3); select 1;
