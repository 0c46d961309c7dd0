create table t (id int, during daterange, v text, primary key (id, during));
create table kept (id int, during daterange, v text, primary key (id, during));
insert into t values (1, '[2024-01-01,2024-02-01)', 'a'), (1, '[2024-01-15,2024-03-01)', 'b');
insert into kept values (1, '[2024-01-01,2024-02-01)', 'a'), (1, '[2024-02-01,2024-03-01)', 'b');
