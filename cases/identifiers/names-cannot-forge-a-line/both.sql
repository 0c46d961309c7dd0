create table U&"ok\000A15:20:14 INFO all 7 tables done \202E" (id int primary key);
