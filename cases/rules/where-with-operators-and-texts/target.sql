insert into t (id, v, tags) values (1000, 'mine', '{"b": 1}'), (1001, 'extra', '{"$1": 1}');
