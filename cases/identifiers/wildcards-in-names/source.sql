insert into "a*" values (1); insert into abc values (1); insert into "x?" values (1);
insert into xy values (1); insert into "[no]" values (1); insert into n values (1);
