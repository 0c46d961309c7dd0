insert into by_interval values ('1 mon', 'month'), ('1 day', 'day'), ('2 days', 'days');
insert into by_json values ('{"a": 1.0}', 'one'), ('[]', 'none');
insert into by_bpchar values ('a', 'a'), ('b  ', 'b');
insert into by_pair values ('(1.0,0)', 'one'), ('(2,2)', 'two');
insert into by_domain values (1.0, 'one'), (3, 'three');
