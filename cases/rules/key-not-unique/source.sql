insert into t values (1, 1, 1); insert into one values (1, 1); create unique index on one (a);
