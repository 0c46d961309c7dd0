delete from t where k in (E'\\N', '''; drop table t; --'); update t set v = 'new' where k in ('''', E'a\nb'); update t set k = E'\\.\n' where k = E'\\.';
delete from c where a = 'a,'; update c set v = 'new' where a = E'\\'; insert into c values ('a"', ',b', 'x');
delete from y where k = '\x00'; update y set v = 'new' where k = '\x27'; insert into y values ('\x000000', 'h');
