insert into item values (1, 2147483647, '{"NULL",NULL,""}'), (2, null, '{}'), (3, 1, null);
