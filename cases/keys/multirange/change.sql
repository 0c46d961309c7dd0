update t set v = 'new' where k = '{}'; update t set k = '{[1,3),[5,8)}' where v = 'b';
