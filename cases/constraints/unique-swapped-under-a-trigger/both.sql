create table item (id int primary key, code text unique, updated_at timestamptz default '2025-01-01');
create table shelf (id int primary key, code text, updated_at timestamptz default '2025-01-01');
insert into shelf values (1, 'a'), (2, 'b');
create table part (id int primary key, item int references item);
