update t set n = 1.00 where id = 1;
update t set list = '{1.00}' where id = 2;
update t set span = '[0,0.0]' where id = 3;
update keyed set k = 1.00 where v = 'one';
update keyed set k = 1e2 where v = 'hundred';
update by_list set k = '{1.00}' where v = 'one';
update by_span set k = '[1.00,2)' where v = 'one';
update stamped set k = 1.000, updated_at = now() where k = 1;
