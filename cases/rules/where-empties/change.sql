update t set kind = 'b';
