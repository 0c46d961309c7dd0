insert into t values (1, 'a'); insert into second values (1, 'a'); insert into text values (1, 'a');
