create type pair as (a int, b text);
create domain good_pair as pair check (value is null or (value).a is not null);
create domain span as int4range not null;
create table t (id int primary key, p good_pair, list good_pair[], s span);
