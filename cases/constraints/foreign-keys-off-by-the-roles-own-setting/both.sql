create table parent (id int primary key, updated_at timestamptz default '2025-01-01');
create table child (
    id int primary key,
    parent int,
    updated_at timestamptz default '2025-01-01',
    constraint belongs foreign key (parent) references parent);
insert into parent values (1), (2);
