insert into t (id, v, kind) values (1000, 'mine', 'b'), (1001, 'extra', 'a');
