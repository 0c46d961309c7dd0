create table t (tenant int, id uuid, kind text, v text, primary key (tenant, id, kind)) partition by hash (tenant, kind);
create table t_0 partition of t for values with (modulus 2, remainder 0);
create table t_1 partition of t for values with (modulus 2, remainder 1);
