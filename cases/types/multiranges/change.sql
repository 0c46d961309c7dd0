update t set n = '{(1.00,2.0],[3,)}' where id = 1;
delete from keyed where v = 'two'; update keyed set v = 'changed' where k = '{}';
update own set f = '{[0,1],[2,NaN]}' where id = 1;
