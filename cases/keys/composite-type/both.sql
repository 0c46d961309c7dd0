create type place as (street text, number int, part text); create table t (k place primary key, v text);
