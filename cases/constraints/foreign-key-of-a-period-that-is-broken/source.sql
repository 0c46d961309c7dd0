create table parent (id int, during daterange, primary key (id, during));
create table child (id int primary key, parent int, during daterange);
insert into parent values (1, '[2024-01-01,2024-02-01)'), (1, '[2024-02-01,2024-03-01)');
insert into child values (1, 1, '[2024-01-10,2024-02-10)'), (2, 1, '[2024-02-01,2024-03-02)'), (3, 2, '[2024-01-01,2024-01-02)');
