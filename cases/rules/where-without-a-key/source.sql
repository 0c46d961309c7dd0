insert into t values ('x', 'a'), ('x', 'a'), ('y', 'b'), (null, 'a'), ('z', null);
