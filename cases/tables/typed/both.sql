create type item as (id int, v text); create table t of item (primary key (id));
