create table a (id int primary key, b int not null, updated_at timestamptz default '2025-01-01');
create table b (id int primary key, c int not null, updated_at timestamptz default '2025-01-01');
create table c (id int primary key, a int not null references a, updated_at timestamptz default '2025-01-01');
alter table a add foreign key (b) references b;
alter table b add foreign key (c) references c;
