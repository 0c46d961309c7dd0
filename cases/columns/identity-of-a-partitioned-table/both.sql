create table t (id int generated always as identity, region text, v text, primary key (id, region)) partition by list (region);
create table t_a partition of t for values in ('a');
create table t_rest partition of t default;
