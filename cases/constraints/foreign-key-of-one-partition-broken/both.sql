create table parent (id int primary key);
create table t (id int not null, parent int, updated_at timestamptz default '2025-01-01') partition by range (id);
create table t_low partition of t for values from (0) to (10);
create table t_high partition of t for values from (10) to (20);
alter table t_low add constraint belongs foreign key (parent) references parent;
