insert into t values (1000, 'b', 'mine');
