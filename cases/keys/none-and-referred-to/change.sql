insert into child values (2, null);
