create table "t
DROP TABLE t; --" (id int primary key, "tab	tab" text, "bell" text);
create table U&"c\0001\000D\000A\001B[31m\007F\0085" (U&"\0008" int primary key, U&"\000D\000A" text, U&"\2028\2029" text);
