insert into t (v) select 'v' from generate_series(1, 20);
insert into fine (v) select 'v' from generate_series(1, 20);
grant select on t, fine to ${role};
grant select on sequence hidden.numbers, fine_id_seq to ${role};
