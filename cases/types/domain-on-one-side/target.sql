create domain positive as int check (value > 0);
create domain names as text[];
create table t (id positive primary key, a varchar(10), b positive, c int, d names);
