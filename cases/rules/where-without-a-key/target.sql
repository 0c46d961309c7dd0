insert into t values ('mine', 'b'), ('mine', null);
