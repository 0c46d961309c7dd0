create table t (n int generated always as identity, v text);
