update t set v = 'w' where v is null; update t set v = 'no' where kind = 'b';
