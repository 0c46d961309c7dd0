create domain filled as text not null;
create table item (id int primary key, code filled unique, updated_at timestamptz default '2025-01-01');
create table part (id int primary key, item int references item);
