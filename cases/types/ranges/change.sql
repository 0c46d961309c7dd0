update t set n = '(1.00,2.50]' where id = 1;
delete from keyed where v = 'to';
update keyed set v = 'changed' where k = 'empty';
update own set f = '[0,NaN)' where id = 1;
update own set t = '["(",")"]' where id = 2;
