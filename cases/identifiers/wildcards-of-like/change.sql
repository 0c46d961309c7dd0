update s_."t%" set "%_\" = '%'; insert into "s%"."t_" values (7);
