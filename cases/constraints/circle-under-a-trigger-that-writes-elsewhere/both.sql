create table a (id int primary key, b int, v text, updated_at timestamptz default '2025-01-01');
create table b (id int primary key, a int references a, v text, updated_at timestamptz default '2025-01-01');
alter table a add foreign key (b) references b;

create table tally (id int primary key, n int, updated_at timestamptz default '2025-01-01');
