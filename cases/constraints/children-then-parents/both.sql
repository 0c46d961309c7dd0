create table child (id int primary key, updated_at timestamptz default '2025-01-01');
create table parent (id int primary key, updated_at timestamptz default '2025-01-01');
alter table child add parent int references parent on delete restrict;
