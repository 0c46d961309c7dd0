update t set v = 'w' where k = 'k3';
update c set v = 'w' where k = 'k3';
update f set v = 'w' where k = 'k3';
update b set v = 'w' where k = 'k3';
