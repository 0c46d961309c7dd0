insert into t (v) select 'v' from generate_series(1, 20);
grant usage on schema public to ${role};
grant select on t to ${role};
