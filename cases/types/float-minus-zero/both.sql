create table t (id int primary key, a float8, b float4, c float8[], d point);
create table keyed (k float8 primary key, v text);
