create table l (k pg_lsn primary key, v text);
