create table t (id int, region text) partition by list (region); create table t_a partition of t for values in ('a');
