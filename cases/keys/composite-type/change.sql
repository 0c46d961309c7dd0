update t set v = 'new' where v = 'b'; update t set k = row('(', null, '')::place where v = 'd';
