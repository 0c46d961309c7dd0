insert into t values (3, 'e'); insert into elsewhere.t_high values (13, 'f'); delete from elsewhere.t_high where id = 11;
