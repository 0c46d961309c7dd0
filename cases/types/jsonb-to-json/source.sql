create table t (id int primary key, v jsonb);
insert into t values (1, ' {"b": 1, "a": [1.0, null]}'), (2, 'null'), (3, '"x"');
