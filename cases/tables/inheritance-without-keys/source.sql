insert into base values (1), (1); insert into heir values (1), (2);
