insert into other values (2, now());
