update t set v = 'w'; update s.t set v = 'w';
