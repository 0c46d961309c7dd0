create table t (a text, b bytea);
