create table shape (a int default 1 + 2, b int, c int);
insert into tree select 1, adbin from pg_attrdef where adrelid = 'shape'::regclass;
insert into shape select 1, i, i from generate_series(1, 100) i;
create statistics of_shape (ndistinct, dependencies) on b, c from shape;
analyze shape;
do $$ begin
  if current_setting('server_version_num')::int >= 120000 then
    execute 'insert into counted select 1, stxdndistinct from pg_statistic_ext_data';
    execute 'insert into depending select 1, stxddependencies from pg_statistic_ext_data';
  else
    execute 'insert into counted select 1, stxndistinct from pg_statistic_ext';
    execute 'insert into depending select 1, stxdependencies from pg_statistic_ext';
  end if;
end $$;
drop table shape;
