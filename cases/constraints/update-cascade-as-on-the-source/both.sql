create table parent (id int primary key, code text unique, updated_at timestamptz default '2025-01-01');
create table child (id int primary key, code text, updated_at timestamptz default '2025-01-01');
alter table child add constraint belongs foreign key (code) references parent (code) on update cascade;
create table node (id int primary key, code text unique, up text references node (code) on update cascade, updated_at timestamptz default '2025-01-01');
