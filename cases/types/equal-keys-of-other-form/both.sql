create table by_interval (k interval primary key, v text);
create table by_json (k jsonb primary key, v text);
create table by_bpchar (k bpchar primary key, v text);
create type pair as (a numeric, b float8);
create table by_pair (k pair primary key, v text);
create domain amount as numeric;
create table by_domain (k amount primary key, v text);
