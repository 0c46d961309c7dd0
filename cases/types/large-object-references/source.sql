insert into t values (1, 4294967295, 16400), (2, null, null);
select lo_create(16401);
