update t set v = 'aBC' where id = 1;
update keyed set k = 'ALICE' where k = 'alice';
delete from keyed where k = 'bob';
begin; update pair set v = 'parked' where k = 'a'; update pair set v = 'X' where k = 'b'; update pair set v = 'y' where k = 'a'; commit;
