alter table U&"ok\000A15:20:14 INFO all 7 tables done \202E" add U&"c\000D\000AERROR \2066x" text;
