update t set m = 'NULL' where id = 7;
update t set list = '{NULL,"NULL"}' where id = 1;
delete from keyed where k in ('', 'NULL', 'it''s');
update keyed set v = 2 where k = '{}';
delete from stamped where k = ' ' and n = 1;
update stamped set v = 2, updated_at = now() where k = 'say "hi"';
