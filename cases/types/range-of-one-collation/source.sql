insert into t values (1, '[A,a)', '{"[A,a)"}'), (2, '[a,b)', null);
