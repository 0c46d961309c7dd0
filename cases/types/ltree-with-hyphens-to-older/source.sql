insert into t values (1, 'a.b-c'); insert into plain values (1, 'a.b_c');
