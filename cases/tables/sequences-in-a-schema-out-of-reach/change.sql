insert into t (v) values ('w');
