create table t_high partition of t for values from (10) to (20);
