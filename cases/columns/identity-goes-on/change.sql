insert into a (v) values ('n'); insert into b select;
