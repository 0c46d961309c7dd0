create table node (id int primary key, code text unique, up text default 'c1', updated_at timestamptz default '2025-01-01');
alter table node add constraint above foreign key (up) references node (code) on update set default;
create table compared (id int primary key, code text unique, up text default 'c1');
alter table compared add constraint compared_above foreign key (up) references compared (code) on update set default;
