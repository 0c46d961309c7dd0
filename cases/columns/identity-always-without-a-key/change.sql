update t set n = default where v = 'a';
