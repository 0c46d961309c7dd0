create table U&"caf\00E9" (id int primary key, U&"\00E9" text, U&"e\0301" text);
create table U&"cafe\0301" (id text primary key);
create table "😀" ("👩‍👩‍👧‍👦" text primary key, "🏳️‍🌈" text);
create table "ﬁ" (id int primary key); create table "fi" (id int primary key);
create table "ＴＡＢＬＥ" (id int primary key);
