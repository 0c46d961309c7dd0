insert into part values (3, now());
