update t set a = '-0' where id = 1;
update t set c = '{0}' where id = 2;
update keyed set k = '-0' where v = 'zero';
