update by_interval set k = '30 days' where v = 'month';
update by_interval set k = '24:00:00' where v = 'day';
update by_json set k = '{"a": 1.00}' where v = 'one';
update by_bpchar set k = 'a  ' where v = 'a';
update by_pair set k = '(1.00,-0)' where v = 'one';
update by_domain set k = 1.00 where v = 'one';
