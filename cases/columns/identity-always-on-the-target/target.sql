create table t (id int generated always as identity primary key, v text); create table u (code text primary key, n int generated always as identity);
