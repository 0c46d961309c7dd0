create table t (j json, x point, f float8, n numeric, a text[], d date);
