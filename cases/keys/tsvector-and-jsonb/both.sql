create table t (k tsvector primary key, v text); create table q (k tsquery primary key, v text); create table j (k jsonb primary key, v text);
