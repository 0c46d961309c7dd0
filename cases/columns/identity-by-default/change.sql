update t set id = 1000 where id = 1; update t set v = 'w' where id = 2; insert into t (v) values ('n');
