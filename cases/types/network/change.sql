update t set a = '10.0.0.1/32' where id = 2;
delete from keyed where v = 'host';
update keyed set v = 'changed' where k = '10.0.0.1/8';
delete from by_cidr where k = '::/0';
