insert into t values (1000, 'mine');
