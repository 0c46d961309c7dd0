create table t (k float8 primary key, v text); create table s (k float4 primary key, v text);
